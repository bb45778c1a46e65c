"""A real clamd of one's own: Debian's daemon with the configuration of the image, on a free port of the loopback.

Its only signature is that of the EICAR test file, which is a virus by agreement: official signatures cannot be had on
every machine that tests.
"""

import re
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.support.ports import eventually, free_port

ROOT = Path(__file__).parents[2]
CLAMD = "/usr/sbin/clamd"
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n"


def eicar() -> bytes:
    """The test file, put together here so that no file of the repository is one."""
    return b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!" + b"$H+H*"


def write_signatures(folder: Path) -> Path:
    """A folder of signatures that knows the test file alone; anyone may read it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "test.hdb").write_text(SIGNATURE)
    folder.chmod(0o755)
    (folder / "test.hdb").chmod(0o644)
    return folder


class LocalClamd:
    """One daemon. It can be killed, frozen, started again. `settings` replace lines of the image's clamd.conf."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"tcp://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        write_signatures(folder / "signatures")
        (folder / "scans").mkdir()
        (folder / "clamd.conf").write_text(self._configuration(settings))

    def start(self) -> "LocalClamd":
        """Itself, once it answers."""
        words = [CLAMD, "--config-file", str(self.folder / "clamd.conf")]
        with (self.folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        eventually(self.answers, limit=30, what=f"clamd does not answer: {self.folder}/output.log")
        return self

    def answers(self) -> bool:
        """Whether it says PONG."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 2) as line:
            line.settimeout(2)
            line.sendall(b"zPING\0")
            return line.recv(10) == b"PONG\0"
        return False

    def kill9(self) -> None:
        """End it at once."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """It takes connections and says nothing, until it is killed."""
        if self._process:
            self._process.send_signal(signal.SIGSTOP)

    def _configuration(self, settings: dict[str, str]) -> str:
        mine = {
            "TCPSocket": str(self.port),
            "TCPAddr": "127.0.0.1",
            "DatabaseDirectory": str(self.folder / "signatures"),
            "TemporaryDirectory": str(self.folder / "scans"),
            **settings,
        }
        text = (ROOT / "deploy/clamav/clamd.conf").read_text()
        for name, value in mine.items():
            text, count = re.subn(rf"^{name} .*$", f"{name} {value}", text, flags=re.MULTILINE)
            assert count == 1, name
        return text
