"""`python -m embedded`: the whole system on one address of this machine, until Ctrl-C."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import click
import waitress

from backbone.serving import ending, logs
from backbone.shape.config import SettingsError
from embedded.folder import Folder, Unusable

END_SECONDS = 60.0  # that all of it has to end after Ctrl-C: five workers finish what they have in hand


@click.command()
@click.option("--host", default="127.0.0.1", help="Address to answer on.")
@click.option("--port", default=8080, envvar="PORT", show_default=True, help="Port to answer on; 0 takes a free one.")
@click.option("--folder", default="var", type=click.Path(path_type=Path), show_default=True, help="Where all is kept.")
@click.option("--demo/--no-demo", default=True, show_default=True, help="Load the demo into an empty system.")
def main(host: str, port: int, folder: Path, demo: bool) -> None:
    """Run the system."""
    try:
        run(host, port, Folder(folder.absolute()), demo)
    except (Unusable, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def run(host: str, port: int, folder: Folder, demo: bool) -> None:
    """Take the folder and the port, start everything, say where, and wait for the end."""
    listening = _listen(host, port)
    folder.take()
    _log_to(folder.path / "system.log")
    from embedded.demo import Demo  # after the checks: the imports take a second
    from embedded.system import System

    url = f"http://{host}:{listening.getsockname()[1]}"
    ending.hold_stops()
    system = System(folder, url)
    system.start()
    server = waitress.create_server(
        system.wsgi, sockets=[listening], threads=16, ident=None, clear_untrusted_proxy_headers=True
    )
    threading.Thread(target=server.run, name="http", daemon=True).start()
    _welcome(url, folder, demo and loaded(Demo(system, folder).load))
    ending.until_told()
    click.echo("Arrêt…")
    ending.at_the_latest(END_SECONDS)
    server.close()
    system.stop()
    folder.release()
    ending.leave(clean=True)


def loaded(load: Callable[[], None]) -> bool:
    """Load the demo: whether it is there. One that cannot go on now (an import keeps everything busy) ends nothing."""
    try:
        load()
    except Exception as error:
        logging.getLogger("embedded").warning("the demo waits for the next start", exc_info=True)
        click.echo(f"La démonstration n'est pas complète ; elle reprendra au prochain démarrage ({error}).", err=True)
        return False
    return True


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OverflowError:
        raise Unusable(f"{port} is not a port, from 0 to 65535: try PORT=8081 make run.") from None
    except OSError as error:
        raise Unusable(
            f"The address {host}:{port} cannot be used ({error.strerror}): try PORT=8081 make run."
        ) from None
    return listening


def _log_to(file: Path) -> None:
    """Logs go to a file: the terminal is for the person."""
    sys.stdout.flush()
    logs.configure("embedded", os.environ.get("ESPACE_LOG_LEVEL", "INFO"), stream=file.open("a", buffering=1))
    logging.captureWarnings(True)


def _welcome(url: str, folder: Folder, demo: bool) -> None:
    from embedded.demo import LOGINS, PASSWORD

    click.echo(f"\nEspace sécurisé entreprise : {url}")
    click.echo(f"Courriels et SMS           : {url}/_mailbox/")
    if demo:
        click.echo("Comptes de démonstration   :")
        for email, who in LOGINS.items():
            click.echo(f"  {email:<28} {PASSWORD:<18} {who}")
    click.echo(f"Données                    : {folder.path} (Ctrl-C pour arrêter)", nl=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
