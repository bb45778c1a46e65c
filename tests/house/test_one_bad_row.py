"""A job does what is due by `backbone.shape.aside`: one row that cannot be done stands before no other (FA17)."""

import ast

from tests.house.sources import functions, python

# Each has its own answer: a file or a message is tried alone, what is purged is deleted by one statement, whoever sends
# lines reads which of them are refused, and a list for an operator only reads.
OWN = {
    "services/delegation/commands.py",
    "services/dsn/commands.py",
    "services/identity/commands.py",
    "services/dsn/use_cases/import_file.py",
    "services/dsn/use_cases/purge_facts.py",
    "services/contact/use_cases/scan_files.py",
    "services/contact/use_cases/purge_drafts.py",
    "services/contact/use_cases/purge_files.py",
    "services/contact/use_cases/sweep_files.py",
    "services/notification/use_cases/send_deliveries.py",
    "services/notification/use_cases/purge_deliveries.py",
}


def loops() -> set[str]:
    """The files whose functions open one unit of work after another in a loop of their own."""
    return {
        str(path)
        for path in python("services")
        for function in functions(path)
        if any(argument.arg == "units" for argument in function.args.kwonlyargs)
        and any(isinstance(node, ast.While | ast.For) and "units()" in ast.unparse(node) for node in ast.walk(function))
    }


def test_a_job_that_takes_what_is_due_sets_aside_what_cannot_be_done() -> None:
    assert loops() <= OWN, (
        f"{sorted(loops() - OWN)}: one bad row would stop the rest; use backbone.shape.aside.in_batches."
    )
