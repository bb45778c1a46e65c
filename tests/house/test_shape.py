"""The five services have one shape: who knows one finds his way in the four others. Each message says what to do."""

import ast
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import services
from backbone.errors import Refused
from tests.house.sources import ROOT, committed, imports, tree
from tests.support.services import EXPECTED, module

FILES = {"README.md", "__init__.py", "app.py", "settings.py", "listeners.py", "jobs.py"}
FOLDERS = {"domain", "use_cases", "queries", "api", "storage", "migrations"}
# commands.py: what an operator asks of it alone · messages: what notification writes, one folder each
WHERE_NEEDED = {"commands.py", "steps", "adapters", "data", "messages"}
CONTENTS = ("USE_CASES", "QUERIES")
# The order in which every composition root says what its service is made of.
MADE_OF = (
    "name settings metadata registry engine clock migrations blueprints use_cases queries listens jobs attests "
    "announces follows measures verifies reconciles commands ports"
).split()
VERBS = set(
    """accept activate add admit announce answer ask await brake cancel certify change choose close complete confirm
    decide end evaluate exchange follow forget forgive give grant identify import invite issue lapse leave log
    open order pin prove purge read reauthenticate recertify record refuse register remind rename renew renounce replace
    replay request reset resume review rotate scan say seal see send set start state stop store suspend sweep take tell
    undo use verify withdraw write""".split()
)
five = pytest.mark.parametrize("service", EXPECTED)


def files(service: str, folder: str) -> list[Path]:
    """The Python files of `folder` of a service, its __init__ left out."""
    home = ("services", service, folder)
    return [one for one in committed() if one.parts[:3] == home and one.suffix == ".py" and one.stem != "__init__"]


def public(path: Path) -> set[str]:
    """The functions that a file offers."""
    defined = (one.name for one in tree(path).body if isinstance(one, ast.FunctionDef))
    return {name for name in defined if not name.startswith("_")}


def app(service: str) -> list[ast.stmt]:
    """What stands in the composition root after its docstring and its imports."""
    statements = tree(Path("services", service, "app.py")).body[1:]
    return [one for one in statements if not isinstance(one, ast.Import | ast.ImportFrom)]


def listed(service: str, name: str) -> set[str]:
    """The functions in one of the two tables of contents."""
    return {one.__name__ for one in getattr(module(service, "app"), name)}


@five
def test_the_same_files_and_folders_stand_in_each(service: str) -> None:
    found = {path.parts[2] for path in committed() if path.parts[:2] == ("services", service)}
    wanted = FILES | FOLDERS
    assert wanted <= found, f"services/{service} lacks {sorted(wanted - found)}: the four others have it."
    odd = sorted(found - wanted - WHERE_NEEDED)
    assert not odd, f"services/{service}: {odd} is a name no other service has; put it into one of {sorted(FOLDERS)}."


@five
def test_the_composition_root_opens_with_the_table_of_contents(service: str) -> None:
    opening = [ast.unparse(one.targets[0]) for one in app(service)[:2] if isinstance(one, ast.Assign)]
    assert opening == list(CONTENTS), f"services/{service}/app.py: USE_CASES, then QUERIES, right after the imports."
    imported = {name.rpartition(".")[2] for name in imports(Path("services", service, "app.py"))}
    assert {"LISTENS", "JOBS", "METADATA", "BLUEPRINTS"} <= imported, f"services/{service}/app.py imports them by name."


@five
def test_the_composition_roots_say_it_in_one_order(service: str) -> None:
    build = next(one for one in app(service) if isinstance(one, ast.FunctionDef))
    assert ast.unparse(build.args) == "settings: Settings, *, clock: Clock | None=None", "as in the four others"
    assert build.name == "build", f"services/{service}/app.py: build is its first function."
    called = next(one for one in ast.walk(build) if isinstance(one, ast.Call) and ast.unparse(one.func) == "Service")
    given = [str(keyword.arg) for keyword in called.keywords]
    assert given == [name for name in MADE_OF if name in given], f"services/{service}/app.py: {', '.join(MADE_OF)}."
    tables = {ast.unparse(keyword.value) for keyword in called.keywords if keyword.arg in ("use_cases", "queries")}
    assert tables == set(CONTENTS), f"services/{service}/app.py gives its tables to Service, which tries their ports."


@five
def test_a_use_case_is_one_verb_in_the_file_of_its_name(service: str) -> None:
    for path in files(service, "use_cases"):
        assert path.stem.split("_")[0] in VERBS, f"{path} is no verb: to steps/ or domain/ (or tell VERBS the verb)."
        assert public(path) == {path.stem}, f"{path} holds {path.stem}() and no other: {sorted(public(path))}."


@five
def test_no_use_case_leans_on_another(service: str) -> None:
    for path in files(service, "use_cases"):
        others = [name for name in imports(path) if name.startswith(f"services.{service}.use_cases.")]
        assert not others, f"{path} imports {others}: what two share goes to steps/, or domain/ if pure."


@five
def test_the_use_cases_listed_are_those_there_are(service: str) -> None:
    there = {path.stem for path in files(service, "use_cases")}
    assert listed(service, "USE_CASES") == there, f"USE_CASES of services/{service}/app.py lists use_cases/, all of it."


@five
def test_the_queries_listed_are_those_the_api_asks_each_in_the_file_of_its_name(service: str) -> None:
    home = f"services.{service}.queries."
    asked = {name for path in files(service, "api") for name in imports(path) if name.startswith(home)}
    questions = {name for name in asked if not name.rpartition(".")[2].isupper()}
    wrong = {name for name in questions if len(set(name.removeprefix(home).split("."))) != 1}
    assert not wrong, f"{sorted(wrong)}: `from …queries.<question> import <question>`, one question a file."
    there = {name.rpartition(".")[2] for name in questions}
    assert listed(service, "QUERIES") == there, f"QUERIES of services/{service}/app.py lists what api/ asks, all of it."


@five
def test_the_api_is_a_folder_by_family(service: str) -> None:
    stems = {path.stem for path in files(service, "api")}
    assert "schemas" in stems, f"services/{service}/api/schemas.py holds what goes in and out."
    assert module(service, "api").BLUEPRINTS, f"services/{service}/api/__init__.py names its BLUEPRINTS."


@five
def test_the_tables_are_in_one_place_under_one_name(service: str) -> None:
    assert module(service, "storage.tables").METADATA.tables, f"services/{service}/storage/tables.py has METADATA."
    for path in committed():
        if path.parts[:2] == ("services", service) and path.suffix == ".py" and "migrations" not in path.parts:
            made = [one for one in ast.walk(tree(path)) if isinstance(one, ast.Call) and "Table" == _called(one)]
            kept = path.name == "tables.py" or path.name.endswith("_tables.py")
            assert not made or kept, f"{path} declares a table: storage/tables.py, or one beside it by what it is of."


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def refusals(family: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """Every refusal that the process knows."""
    for one in family.__subclasses__():
        yield from (one, *refusals(one))


@five
def test_the_refusals_are_in_one_place(service: str) -> None:
    home = f"services.{service}."
    for found in pkgutil.walk_packages(services.__path__, "services."):
        if found.name.startswith(home) and ".migrations" not in found.name:
            module(service, found.name.removeprefix(home))
    said = {one.__module__ for one in refusals() if one.__module__.startswith(home)}
    astray = [one for one in said if not one.startswith(f"{home}domain.refusals")]
    assert not astray, f"{sorted(astray)}: a refusal is said in domain/refusals.py, or refusals_<what>.py beside it."
    assert (ROOT / "services" / service / "domain" / "refusals.py").exists()
