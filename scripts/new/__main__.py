"""`python -m scripts.new WHAT NAME`: what `make new` runs. Ends with 2 and one sentence when the name will not do."""

import sys
from pathlib import Path

import click

from scripts.new import event, message, page, use_case
from scripts.new.draft import Refused, Wish

ROOT = Path(__file__).parents[2]
KINDS = {"event": event.draft, "use-case": use_case.draft, "page": page.draft, "message": message.draft}


@click.command()
@click.argument("what", type=click.Choice(sorted(KINDS)))
@click.argument("name")
@click.option("--service", default="", help="Of an event, who announces it; of a use case, whose it is.")
@click.option("--to", default="", help="Of an event: the services that hear it, with commas.")
@click.option("--event", default="", help="Of a message: the event that it is written at.")
@click.option("--title", default="", help="Of a page or a message: what people read at its top.")
def main(what: str, name: str, service: str, to: str, event: str, title: str) -> None:
    """Write the code, the card, the test and the line of documentation of a new thing."""
    wish = Wish(name, service, tuple(filter(None, to.replace(" ", "").split(","))), event, title)
    try:
        made = KINDS[what](ROOT, wish)
        made.write()
    except Refused as refused:
        click.echo(f"make new: {refused}", err=True)
        sys.exit(2)
    for verb, paths in (("made   ", made.files), ("changed", made.changes)):
        for path in paths:
            click.echo(f"{verb}  {path}")
    click.echo("\nLeft for you:")
    for number, step in enumerate(made.left, 1):
        click.echo(f"{number}. {step.strip()}")


if __name__ == "__main__":
    main()
