"""Migrations after a first one: what each must not do, what each may do, and what each has to say of itself."""

FIRST = """
op.create_table(
    "things",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("age", sa.Integer),
    sa.Column("kind", sa.String(10), nullable=False, server_default="plain"),
    sa.Column("retired", sa.String(10)),
    sa.CheckConstraint("age > 0", name="things_age"),
)
op.create_index("things_by_name", "things", ["name"])
op.create_index("things_one_age", "things", ["age"], unique=True)
op.create_table("parts", sa.Column("id", sa.Integer, primary_key=True), sa.Column("thing_id", sa.Integer))
"""
INSIDE = 'with op.batch_alter_table("things") as things:\n    '
TRIGGER = """
if op.get_bind().dialect.name == "postgresql":
    op.execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$")
    op.execute("CREATE TRIGGER parts_stay BEFORE DELETE ON parts FOR EACH ROW EXECUTE FUNCTION no()")
else:
    op.execute("CREATE TRIGGER parts_stay BEFORE DELETE ON parts BEGIN SELECT RAISE(ABORT, 'no'); END")
"""
BREAKING = {
    "a table is dropped": ('op.drop_table("parts")', "parts.parts: the table is not there"),
    "a table is renamed": ('op.rename_table("parts", "pieces")', "parts.parts: the table is not there"),
    "a column is dropped": (INSIDE + 'things.drop_column("kind")', "things.kind: the column is not there"),
    "a column is renamed": (
        INSIDE + 'things.alter_column("name", new_column_name="nom")',
        "things.name: the column is not there",
    ),
    "a column must be there": (
        INSIDE + 'things.add_column(sa.Column("weight", sa.Integer, nullable=False))',
        "things.weight: it is NOT NULL without a server default",
    ),
    "a column may not be empty any more": (
        INSIDE + 'things.alter_column("age", existing_type=sa.Integer, nullable=False)',
        "things.age: it may not be NULL any more",
    ),
    "a column may be empty now": (
        INSIDE + 'things.alter_column("name", existing_type=sa.String(20), nullable=True)',
        "things.name: it may be NULL now",
    ),
    "a default goes": (
        INSIDE + 'things.alter_column("kind", existing_type=sa.String(10), server_default=None)',
        "things.kind: its default is gone",
    ),
    "a text is shortened": (
        INSIDE + 'things.alter_column("name", type_=sa.String(10), existing_nullable=False)',
        "things.name: VARCHAR(20) became VARCHAR(10)",
    ),
    "a text becomes a number": (
        INSIDE + 'things.alter_column("retired", type_=sa.Integer, postgresql_using="retired::integer")',
        "things.retired: VARCHAR(10) became INTEGER",
    ),
    "another key": (
        INSIDE + 'things.alter_column("kind", existing_type=sa.String(10), existing_nullable=False)\n'
        'op.drop_table("parts")\n'
        'op.create_table("parts", sa.Column("id", sa.Integer), sa.Column("thing_id", sa.Integer, primary_key=True))',
        "parts.parts: the primary key was",
    ),
    "a new check": (
        INSIDE + 'things.create_check_constraint("things_old", "age < 200")',
        "things.things_old: a new check",
    ),
    "a check that says otherwise": (
        INSIDE + 'things.drop_constraint("things_age", type_="check")\n    '
        'things.create_check_constraint("things_age", "age > 18")',
        "things.things_age: a new check",
    ),
    "a check goes": (INSIDE + 'things.drop_constraint("things_age", type_="check")', "things.things_age: the check"),
    "a new unique index": (
        'op.create_index("things_one_name", "things", ["name"], unique=True)',
        "things.things_one_name: a new unique",
    ),
    "a new unique constraint": (
        INSIDE + 'things.create_unique_constraint("things_one_name", ["name"])',
        "things.things_one_name: a new unique",
    ),
    "a unique index goes": ('op.drop_index("things_one_age", "things")', "things.things_one_age: the unique"),
    "a new foreign key": (
        'with op.batch_alter_table("parts") as parts:\n'
        '    parts.create_foreign_key("parts_thing", "things", ["thing_id"], ["id"])',
        "parts.parts_thing: a new foreign key",
    ),
    "a new trigger": (TRIGGER, "parts.parts_stay: a new trigger"),
    "SQL by hand": ('op.execute("ALTER TABLE things DROP COLUMN kind")', "things.kind: the column is not there"),
}
EXPANDING = {
    "a column that may be empty": 'op.add_column("things", sa.Column("note", sa.Text))',
    "a column with a default": (
        'op.add_column("things", sa.Column("lane", sa.String(10), nullable=False, server_default="urgent"))'
    ),
    "a longer text": INSIDE + 'things.alter_column("name", type_=sa.String(40), existing_nullable=False)',
    "a text without a bound": INSIDE + 'things.alter_column("name", type_=sa.Text, existing_nullable=False)',
    "a larger number": INSIDE + 'things.alter_column("age", type_=sa.BigInteger)',
    "a table of its own": (
        'op.create_table("news", sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.Uuid, unique=True))'
    ),
    "an index": 'op.create_index("things_by_kind", "things", ["kind"])\nop.drop_index("things_by_name", "things")',
    "the same rule again": (
        INSIDE + 'things.drop_constraint("things_age", type_="check")\n    '
        'things.create_check_constraint("things_age", "age > 0")'
    ),
}
ONE_NAME = BREAKING["a new unique index"][0]
DROPS = INSIDE + 'things.drop_column("retired")'
DECLARED = {
    "a contract of what no code uses": (DROPS, 'CONTRACTS = "2026-10"', ""),
    "a contract of what is used": (
        INSIDE + 'things.drop_column("kind")',
        'CONTRACTS = "2026-10"',
        "still used by the code",
    ),
    "a contract of a table that is used": ('op.drop_table("parts")', 'CONTRACTS = "2026-10"', "still used by the code"),
    "a release that did not land": (DROPS, 'CONTRACTS = "2026-11"', "is no release that landed"),
    "a contract of nothing": (EXPANDING["an index"], 'CONTRACTS = "2026-10"', "nothing is broken"),
    "a rule that is kept": (ONE_NAME, 'KEEPS = {"things_one_name": "names were drawn from a sequence"}', ""),
    "a rule that is kept for no reason": (ONE_NAME, 'KEEPS = {"things_one_name": ""}', "a new unique"),
    "a rule that is not there": (DROPS, 'CONTRACTS = "2026-10"\nKEEPS = {"things_x": "so"}', "KEEPS names things_x"),
    "a drop is no rule": (DROPS, 'KEEPS = {"retired": "nobody reads it"}', "things.retired: the column is not there"),
}
