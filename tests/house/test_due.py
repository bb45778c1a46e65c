"""Nothing is put off too far: a column that says « not before » is judged by `backbone/store/due.py`, or here is said
why not (decision 26)."""

import ast
import re

from backbone.testing import ServiceUnderTest
from tests.house.sources import python, tree

NOT_BEFORE = re.compile(r"(^|_)(next|again|due|lease|locked)_(.*_)?(at|until)$|attempt_at$")
JUDGED = {"next_attempt_at", "due_at", "scan_again_at", "lease_until"}
OWN = {
    "identity.delegations.next_at": "a day that the owner said",
    "identity.throttles.locked_until": "a refusal: who opens it early lets somebody guess",
    "delegation.invitations.next_at": "a limit that the owner said",
    "dsn.site.next_eval_at": "the due date of a month, as far away as it is",
}
ASKED_APART = {
    "delivery.c.lease_until < now": "one that is too long was shortened in the same transaction",
    "ours.job_runs.c.due_at < clock.now() - ROWS_KEPT": "how old it is, not whether its time has come",
}


def test_every_column_that_puts_something_off_is_judged_or_says_why_not(under: ServiceUnderTest) -> None:
    for table in under.service.metadata.tables.values():
        for column in table.columns:
            if NOT_BEFORE.search(column.name) and column.name not in JUDGED:
                name = f"{under.service.name}.{table.name}.{column.name}"
                assert name in OWN, f"{name}: what if a clock was two hours ahead when it was written?"


def test_who_asks_what_has_come_asks_the_one_rule() -> None:
    column = re.compile(rf"\.c\.({'|'.join(JUDGED)})$")
    compared = {
        ast.unparse(node): path
        for path in python("backbone", "services")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare) and column.search(ast.unparse(node.left))
    }
    for said, path in compared.items():
        assert said in ASKED_APART, f"{path}: {said}: ask backbone.store.due.come, or say here why not."
