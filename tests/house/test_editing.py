"""What .editorconfig promises is true of every file, and what runs before a commit is ours and fetches nothing."""

import re

import yaml

from tests.house.sources import ROOT, texts

HOOKS = ROOT / ".pre-commit-config.yaml"


def test_every_file_is_as_the_editor_is_told() -> None:
    for path, text in texts():
        if "vendor" not in path.parts and text:
            assert text.endswith("\n"), f"{path} does not end with a line end."
            assert "\r" not in text and not re.search(r"[ \t]$", text, re.MULTILINE), f"{path}: blanks at a line's end."
            indented = path.name != "Makefile" and re.search(r"^\t", text, re.MULTILINE)
            assert not indented, f"{path}: spaces, no tabs."


def test_what_runs_before_a_commit_is_ours() -> None:
    (repo,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))["repos"]
    assert repo["repo"] == "local", "a hook of somebody else's repository is fetched, and not by our lock."
    for hook in repo["hooks"]:
        assert hook["language"] == "system" and hook["entry"].startswith(".venv/bin/"), hook["id"]


def test_what_runs_before_a_commit_is_what_lint_says() -> None:
    lint = (ROOT / "scripts" / "lint.sh").read_text(encoding="utf-8")
    (repo,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))["repos"]
    for hook in repo["hooks"]:
        if hook["id"] != "house":
            words = hook["entry"].removeprefix(".venv/bin/").replace(" --force-exclude", "")
            assert words in lint, f"{HOOKS.name}: {words} is not what make lint runs."


def test_the_way_in_is_linked() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (
        "CONTRIBUTING.md",
        "docs/change.md",
        "docs/rules.md",
        "docs/troubleshooting.md",
        "docs/decisions/README.md",
    ):
        assert f"]({page})" in readme, f"README.md does not lead to {page}."
