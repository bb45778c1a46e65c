"""What the kernel says of a process by its number, which is given again to another within minutes on a busy machine."""

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
