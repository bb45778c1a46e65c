"""What house tests look at: the files under version control, and the trees of our Python files."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("backbone", "contracts", "services", "gateway", "embedded")
CODE = (*PRODUCT, "tools", "benchmarks", "scripts", "tests")
BINARY = {".png", ".ico", ".woff2", ".woff", ".ttf", ".jpg", ".webp", ".gz", ".pdf", ".svg", ".xlsx", ".zip", ".docx"}


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git keeps, relative to the root; without a repository (a copy), every file there is."""
    git = shutil.which("git")
    asked = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True) if git else None
    if asked and asked.returncode == 0 and asked.stdout:
        names = [Path(name) for name in asked.stdout.split("\0") if name]
        return tuple(name for name in names if (ROOT / name).is_file())
    hidden = (".venv", ".git", "var", "__pycache__", "secrets", ".hypothesis", ".pytest_cache", ".ruff_cache")
    return tuple(
        path.relative_to(ROOT)
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not set(path.relative_to(ROOT).parts) & set(hidden)
    )


def texts() -> Iterator[tuple[Path, str]]:
    """The committed files that are text, with their content."""
    for path in committed():
        if path.suffix not in BINARY:
            yield path, (ROOT / path).read_text(encoding="utf-8", errors="replace")


@cache
def python(*folders: str) -> tuple[Path, ...]:
    """The committed Python files of `folders`."""
    return tuple(path for path in committed() if path.suffix == ".py" and path.parts[0] in folders)


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules a file imports, anywhere in it, with the names taken from them: `backbone.errors.Refused`."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return frozenset(found)


@cache
def functions(path: Path) -> tuple[ast.FunctionDef, ...]:
    """Every function of a file, methods and inner ones included."""
    return tuple(node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))
