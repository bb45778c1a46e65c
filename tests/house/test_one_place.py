"""What several programs say alike is said once: the words and sentences of contracts/words/, the five services.

Tests, migrations (what was true then) and documents say words as literals, on purpose.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from backbone.testing import tokens
from backbone.web.problems import DEFAULTS, ILLEGIBLE
from contracts.words import actions, colleges, functions, kinds, levels, messages, reasons, services, statuses
from gateway.kit.too_large import LET_BY
from gateway.settings import Settings
from tests.house.sources import PRODUCT, ROOT, python, texts, tree
from tests.upgrade import described, zygote

CURE = "import it from contracts/words/ (docs/glossary.md names the file)"
HOME = ("contracts", "words")
# The one place of what backbone says itself; contracts/words/ names it.
OF_BACKBONE = (Path("backbone/errors.py"), Path("backbone/rights/levels.py"))
ENUMS: tuple[type[StrEnum], ...] = (
    levels.Level,
    kinds.Kind,
    kinds.Role,
    statuses.AccountStatus,
    statuses.Statut,
    statuses.MonthState,
    statuses.Scan,
    statuses.WaitsFor,
    statuses.Outcome,
    reasons.Closed,
    reasons.Undone,
    actions.Action,
)
WORDS = {
    *functions.FUNCTIONS,
    *colleges.COLLEGES,
    *services.SCOPES,
    *(word for family in ENUMS for word in family),
    *(one.slug for one in vars(messages).values() if isinstance(one, messages.Message) and one.slug),
}
# The same letters, another word: the file or folder that says it, and what it is there.
LINK, PAGE = "whose link it is", "a name in an address or a form of the pages"
DELIVERY, CODE = "where a delivery stands", "a code of a refusal"
OTHER_WORDS = {
    ("gateway/kit/fate.py", "annulation"): LINK,
    ("gateway/kit/links.py", "annulation"): LINK,
    ("gateway/pages/identifiant.py", "annulation"): LINK,
    ("gateway/templates/lien_mort.html", "annulation"): LINK,
    ("services/identity/domain/account.py", "annulation"): LINK,
    ("gateway/pages/confirmation.py", "confirmer"): PAGE,
    ("gateway/templates/confirmation.html", "confirmer"): PAGE,
    ("gateway/pages/modifier.py", "modifier"): PAGE,
    ("gateway/pages/ouverture.py", "fondateur"): PAGE,
    ("scripts/new/page.py", "mes_documents"): PAGE,
    ("services/delegation/domain/refusals.py", "adresse_quittee"): CODE,
    ("services/notification", "en_cours"): DELIVERY,
    ("services/notification", "envoye"): DELIVERY,
    ("gateway/kit/rights.py", "Administrateur"): PAGE,
}
SAID_BY_FILES = (".html", ".js", ".txt", ".template")
QUOTED = re.compile(r"""["']([^"'\n]+)["']""")


def said() -> Iterator[tuple[Path, str]]:
    """The texts of the product, and of what goes with it, that have to take their words from contracts/words/."""
    for path, text in texts():
        here = path.parts[0] in (*PRODUCT, "tools", "benchmarks", "scripts", "deploy")
        if here and not {"migrations", "vendor"} & set(path.parts) and path.parts[:2] != HOME:
            yield path, text


def literals(path: Path, text: str) -> Iterator[str]:
    """The texts that a file of code quotes, and what is quoted within them (SQL); docstrings say what they like."""
    if path.suffix == ".py":
        found = [node.value for node in strings(path)]
    elif path.suffix in SAID_BY_FILES:
        found = [text]
    else:
        return
    for one in found:
        yield one
        yield from QUOTED.findall(one)


def without_docstrings(path: Path) -> ast.Module:
    """The tree of a Python file, a copy that says only what runs."""
    copy = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for node in ast.walk(copy):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return copy


def strings(path: Path) -> Iterator[ast.Constant]:
    """The text constants of a Python file, without docstrings and keys that are read or written by their name."""
    skipped = set[int]()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def test_a_word_is_a_literal_in_one_place() -> None:
    new, used = set[tuple[str, str]](), set[tuple[str, str]]()
    for path, text in said():
        if path not in OF_BACKBONE and path.parts[0] != "deploy":  # the edge's copies are compared below
            for word in WORDS.intersection(literals(path, text)):
                other = [one for one in OTHER_WORDS if one[1] == word and path.is_relative_to(one[0])]
                used.update(other)
                new |= set() if other else {(str(path), word)}
    assert not new, f"{sorted(new)}: {CURE}, or say in OTHER_WORDS what else it means there."
    gone = sorted(OTHER_WORDS.keys() - used)
    assert not gone, f"{gone} is said no more: take it out of OTHER_WORDS."


def sentences() -> dict[str, str]:
    """The sentences of contracts/words/messages.py, each by its name."""
    return {one.sentence: name for name, one in vars(messages).items() if isinstance(one, messages.Message)}


def test_a_sentence_of_the_guide_is_written_once() -> None:
    for path, text in said():
        if path not in OF_BACKBONE and path.parts[0] != "deploy":
            found = sorted(name for sentence, name in sentences().items() if sentence in text)
            assert not found, f"{path} writes {found}: {CURE}."


SENTENCE = re.compile(r"[A-ZÀ-Ý][^\n{}]* [^\n{}]*[.!?]")


def test_no_sentence_is_written_by_two_programs() -> None:
    writers = defaultdict[str, set[str]](set)
    for path in python(*PRODUCT):
        if not {"migrations", "gallery"} & set(path.parts):  # the gallery shows what pages say
            for node in strings(path):
                if SENTENCE.fullmatch(node.value):
                    writers[node.value].add(".".join(path.parts[: 2 if path.parts[0] == "services" else 1]))
    twice = {sentence: sorted(by) for sentence, by in writers.items() if len(by) > 1}
    assert not twice, f"{twice}: {CURE}, or from backbone/errors.py."


EDGE = Path("deploy/nginx")


def test_the_edge_answers_in_the_same_words() -> None:
    """It runs without us, so it has copies: these are the ones."""
    for status, name in {413: "M11", 429: "M6", 503: "M15"}.items():
        page = (ROOT / EDGE / "pages" / f"{status}.html").read_text(encoding="utf-8")
        assert f"<p>{messages.MESSAGES[name].sentence}</p>" in page, (
            f"{EDGE}/pages/{status}.html says {name} otherwise."
        )
    conf = (ROOT / EDGE / "nginx.conf.template").read_text(encoding="utf-8")
    for status, (code, detail) in {
        "default": ILLEGIBLE,
        **{one: DEFAULTS[one] for one in (413, 414, 429, 503)},
    }.items():
        for word in (code, detail):
            assert re.search(rf'^ +{status} +"{re.escape(word)}";$', conf, re.M), f"{status} is {word} elsewhere."
    assert f'"code":"{messages.M5.slug}","detail":"{messages.M5.sentence}"' in conf, "the edge says M5 otherwise."


def test_the_edge_lets_through_what_the_gateway_reads() -> None:
    """Files that run without the gateway have its limit of a request, and how much more of a letter is let by."""
    most = str(Settings.__dataclass_fields__["max_upload_bytes"].default)
    start = (ROOT / EDGE / "start.sh").read_text(encoding="utf-8")
    assert f"EDGE_UPLOAD_BYTES:-{most}}}" in start, f"{EDGE}/start.sh: the gateway takes {most} bytes."
    assert f"EDGE_LETTER_BYTES=$(({LET_BY} * EDGE_UPLOAD_BYTES))" in start, f"{EDGE}/start.sh: LET_BY is {LET_BY}."
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert compose.count(f"_UPLOAD_BYTES: ${{MAX_UPLOAD_BYTES:-{most}}}") == 2, "docker-compose.yml says otherwise."
    assert f"\nMAX_UPLOAD_BYTES={most}\n" in (ROOT / ".env.example").read_text(encoding="utf-8")


NAME = rf"\b(?:{'|'.join(services.SERVICES)})\b"
LIST = re.compile(rf"{NAME}(?:[\"'|, ]+{NAME}){{4}}")
# They run without Python, so each has a copy of the list.
COPIES = {
    Path("deploy/nginx/nginx.conf.template"): "|",
    Path("deploy/postgres/databases.sh"): " ",
    Path("scripts/backup.sh"): " ",
    Path("scripts/restore.sh"): " ",
}


# These run with other code beside them: a layer below, or the version before, which has no such module.
ELSEWHERE = (
    Path("backbone/testing/tokens.py"),
    Path("tests/upgrade/described.py"),
    Path("tests/upgrade/zygote.py"),
)


def test_the_services_are_listed_once() -> None:
    for path, text in texts():
        if (
            path.suffix in (".py", ".sh", ".yml", ".template")
            and path.parts[:2] != HOME
            and path not in (*COPIES, *ELSEWHERE)
        ):
            found = LIST.search(ast.unparse(without_docstrings(path)) if path.suffix == ".py" else text)
            assert not found, f"{path}: take SERVICES from contracts/words/services.py."
    for path, between in COPIES.items():
        found = [one.group() for one in LIST.finditer((ROOT / path).read_text(encoding="utf-8"))]
        assert found == [between.join(services.SERVICES)], f"{path}: its list is not contracts/words/services.py's."

    assert {tokens.SERVICES, (*described.SERVICES, "sample"), (*zygote.SERVICES, "sample")} == {
        (*services.SERVICES, "sample")
    }


def test_each_service_is_there() -> None:
    folders = {path.parts[1] for path in python("services") if len(path.parts) > 2}
    assert folders == set(services.SERVICES)
