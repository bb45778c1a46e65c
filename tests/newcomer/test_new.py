"""`make new`: what it writes stands in the house, its tests pass, and what it says is left is just what is lacking."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from scripts.new import edits
from tests.newcomer.conftest import Run

WISHES = {
    "event": ("event", "invoice.paid", "--service", "dsn", "--to", "contact"),
    "use case": ("use-case", "announce_invoice", "--service", "dsn"),
    "use case listed": ("use-case", "register_site", "--service", "delegation"),
    "page": ("page", "mes-documents", "--title", "Mes documents d'hier"),
    "message": ("message", "delegation_vue", "--event", "delegation.confirmed", "--title", "Votre délégation est vue"),
}
HOUSE = ("names", "shape", "words", "sizes", "templates", "routes", "bidi")
GENERATED = (
    "tests/unit/contracts/test_invoice_paid.py",
    "tests/service/dsn/test_announce_invoice.py",
    "tests/service/delegation/test_register_site.py",
    "tests/gateway/test_mes_documents.py",
    "tests/service/notification/test_delegation_vue.py",
)
BESIDE = ("tests/gateway/test_every_page.py", "tests/unit/notification/test_messages.py")
CONTRACT = ("tests/contract/test_frozen.py", "tests/contract/test_documents.py", "tests/contract/test_listeners.py")


@pytest.fixture(scope="module")
def said(run: Run) -> dict[str, str]:
    """One of each is made, in one copy; what the command said."""
    answers = {}
    for what, words in WISHES.items():
        done = run("scripts.new", *words)
        assert done.returncode == 0, done.stderr
        answers[what] = done.stdout
    return answers


@pytest.fixture
def hands(copy: Path) -> Iterator[Callable[[str, Callable[[str], str]], None]]:
    """Edits a file of the copy as a person does; it is put back after the test."""
    before: dict[Path, str] = {}

    def edit(path: str, change: Callable[[str], str]) -> None:
        text = (copy / path).read_text()
        before.setdefault(copy / path, text)
        (copy / path).write_text(change(text))

    yield edit
    for path, text in before.items():
        path.write_text(text)


def passes(run: Run, *paths: str) -> None:
    done = run("pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-x", "-k", "not postgresql", *paths)
    assert done.returncode == 0, done.stdout[-4000:]


def of(said: dict[str, str], pattern: str) -> str:
    """The line of code that the event's steps show."""
    return re.findall(rf"^ +{pattern}$", said["event"], re.MULTILINE)[0]


def test_what_is_made_is_in_the_style_of_the_house(run: Run, said: dict[str, str]) -> None:
    for words in (("ruff", "check", "."), ("ruff", "format", "--check", ".")):
        done = run(*words)
        assert done.returncode == 0, done.stdout
    passes(run, *(f"tests/house/test_{name}.py" for name in HOUSE))


def test_what_is_made_works(run: Run, said: dict[str, str]) -> None:
    passes(run, *GENERATED, *BESIDE)


def test_an_event_is_red_until_it_is_recorded_and_heard_as_it_was_said(
    run: Run, said: dict[str, str], hands: Callable[[str, Callable[[str], str]], None]
) -> None:
    listening = "tests/house/test_listening.py"
    assert run("pytest", "-q", "-p", "no:cacheprovider", listening).returncode == 1
    imported = of(said, r"(from contracts\S* import INVOICE_PAID)")
    listener, entry = of(said, r"(def on_\w+.*:\n.*)"), of(said, r"(INVOICE_PAID\.type: \w+),")
    record = of(said, r"(uow\.record\(.*\))").replace("version", "1").replace(": id", ": command.invoice_id")
    hands("services/contact/listeners.py", lambda text: edits.before(text, "LISTENS", dedent(f"       {listener}\n")))
    hands("services/contact/listeners.py", lambda text: edits.item(text, "LISTENS", entry))
    hands("services/dsn/use_cases/announce_invoice.py", lambda text: text.replace("raise NotFound", record))
    for path in ("services/contact/listeners.py", "services/dsn/use_cases/announce_invoice.py"):
        hands(path, lambda text: edits.import_line(text, imported))
    passes(run, listening, *CONTRACT)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("event", "Invoice paid", "--service", "dsn", "--to", "contact"), "is no event"),
        (("event", "account.completed", "--service", "identity", "--to", "contact"), "is there already"),
        (("event", "invoice.sent", "--service", "dsn"), "nobody listens"),
        (("event", "invoice.sent", "--service", "billing", "--to", "contact"), "one of identity"),
        (("event", "invoice.sent", "--service", "dsn", "--to", "dsn"), "other services"),
        (("use-case", "rename", "--service", "dsn"), "a verb and its object"),
        (("use-case", "register_site", "--service", ""), "whose use case"),
        (("use-case", "../register_site", "--service", "dsn"), "is no name"),
        (("page", "class"), "is no name"),
        (("page", "mes_factures", "--title", "{{ 1 }}"), "plain text"),
        (("page", "accueil"), "is there already"),
        (("page", "mes_factures", "--service", "dsn"), "no SERVICE="),
        (("message", "facture", "--event", "adherent.updated"), "one that notification hears"),
        (("message", "facture", "--event", "mobile_code.issued"), "nobody to write to"),
        (("message", "delegation_fermee", "--event", "delegation.closed"), "already"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    run: Run, copy: Path, words: tuple[str, ...], says: str
) -> None:
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    done = run("scripts.new", *words)
    assert done.returncode == 2 and says in done.stderr and not done.stdout, (done.stdout, done.stderr)
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()} == before
