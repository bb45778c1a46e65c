"""Running one migration of a service over again, on a database that has it already: what recomputes may be repeated."""

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from backbone.testing import ServiceUnderTest


def repeat(under: ServiceUnderTest, name: str) -> None:
    """Run the migration `name` (its file's name without the number)."""
    script = ScriptDirectory(str(under.service.migrations))
    (found,) = [one for one in script.walk_revisions() if one.path.endswith(f"_{name}.py")]
    with under.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        found.module.upgrade()
