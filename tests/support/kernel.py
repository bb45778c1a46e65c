"""What the kernel says of a process by its number, which is given again to another within minutes on a busy machine."""

from contextlib import suppress
from pathlib import Path


def state_of(pid: int) -> tuple[str, str]:
    """Its state and when it began (proc(5), fields 3 and 22); two empty texts when no process has this number."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    return fields[0], fields[19]


def began(pid: int) -> str:
    """When the process of this number began: the same number with another beginning is another process."""
    return state_of(pid)[1]


def stands_still(pid: int) -> bool:
    """Whether every thread of this process is stopped (proc(5): T)."""
    tasks = Path(f"/proc/{pid}/task")
    with suppress(OSError):
        states = [(task / "stat").read_text().rpartition(")")[2].split()[0] for task in tasks.iterdir()]
        return set(states) == {"T"}
    return False
