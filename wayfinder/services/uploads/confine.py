"""What a process that reads a stranger's file gives up before it does."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wayfinder.services.uploads.errors import UploadError
from wayfinder.services.uploads.limits import Limits

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SIGKILL = 9
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILES = 64
"""Open files (ours)."""
_REFUSED = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
    *("os.system", "os.startfile", "os.kill", "pty.spawn", "ctypes.dlopen"),
    *("ftplib.", "http.client.", "imaplib.", "nntplib.", "poplib.", "smtplib.", "telnetlib."),
    *("urllib.Request", "webbrowser."),
)
"""Python's own names (PEP 578) of what goes out to the network or starts another program."""


def confine(limits: Limits, folder: Path) -> None:
    """Give up the network, other programs, other folders, and more memory and time than there is.

    Where the system knows no such limits (Windows), time alone is looked at, from outside; macOS
    does not hold to that of memory.

    Parameters
    ----------
    limits
        How much there is.
    folder
        The only one in which files are written.
    """
    _die_with_parent()
    _leave_network()
    _limit(limits)
    own = f"{folder.resolve()}{os.sep}"

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str) and isinstance(flags, int) and flags & _WRITING:
                _refuse_outside(own, path)
        elif event.startswith(_REFUSED):
            raise PermissionError(f"whoever reads a stranger's file does no {event}")

    sys.addaudithook(refuse)


@contextmanager
def bound_memory(most_bytes: int) -> Iterator[None]:
    """Take no more memory than so much beside what the process has, until the block ends.

    Raises
    ------
    UploadError
        It would take more.
    """
    try:
        import resource
    except ImportError:  # not on Windows
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _find_own_bytes() + most_bytes
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        yield
    except MemoryError:
        raise UploadError("too-much-memory", limit_mb=most_bytes // 2**20) from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _refuse_outside(own: str, path: str) -> None:
    whole = os.path.abspath(path)  # noqa: PTH100 - a name, that need not be there
    if not whole.startswith(own) and whole != os.devnull:
        raise PermissionError("whoever reads a stranger's file writes into its folder alone")


def _limit(limits: Limits) -> None:
    try:
        import resource
    except ImportError:
        return
    own = _find_own_bytes()
    for what, most in (
        (resource.RLIMIT_AS, own + limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_FSIZE, limits.made_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _, hard = resource.getrlimit(what)
        bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # at the second limit of processor time the end comes without saying why
        later = bounded + 1 if what == resource.RLIMIT_CPU and bounded == most else bounded
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (bounded, later))


def _find_own_bytes() -> int:
    """Return how much address space the process has: libraries reserve more than they use."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _die_with_parent() -> None:
    """Let the system end this process with the one that started it, and leave no image of it."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(AttributeError, OSError):
        prctl = ctypes.CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _leave_network() -> None:
    """Go where there is no network at all, if the system lets one; else the audit hook is left."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
