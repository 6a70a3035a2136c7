"""What was brought and is looked at: a folder each, which every worker of the server sees.

A folder has what is known of it, how it goes, and what was made of the file; the file itself is
removed as soon as it was read. What nobody took within a day is swept away.
"""

import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Semaphore, Thread
from typing import IO, Any

from wayfinder.errors import CodedError
from wayfinder.services.uploads.errors import ReadingError, UploadError
from wayfinder.services.uploads.limits import LIMITS, Kind
from wayfinder.services.uploads.nursery import Nursery
from wayfinder.services.uploads.reading import MADE, OPTIONS, SAID, SOURCE, write_error

_ABOUT, _STATE, _CANCEL = "about.json", "state.json", "cancel"
_ID = re.compile(r"[0-9a-f]{32}")
_AT_ONCE = 2
"""Files that a worker has read at once (ours)."""
_MOST_KEPT = 50
"""Of all workers together (ours); they are looked at, and then taken or swept away."""
_KEPT_S = 24 * 3600.0
_GRACE_S = 120.0
"""Beyond the longest that reading takes: what is not done then was lost with its worker."""
_CHUNK = 1 << 20
_LONGEST_NAME = 80
_TICK_S = 0.02


class State(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """A file that was brought.

    Parameters
    ----------
    id
        Nobody guesses it.
    kind
        What it is to be.
    name
        Of the file, as it is shown.
    size
        Bytes.
    about
        What else whoever brought it said: where it belongs, who they are.
    made_at
        When it came.
    state
        How far it is.
    error
        Why it failed, or None.
    folder
        Where it lies.
    """

    id: str
    kind: Kind
    name: str
    size: int
    about: Mapping[str, Any]
    made_at: datetime
    state: State
    error: CodedError | None
    folder: Path

    @property
    def is_over(self) -> bool:
        """Whether nothing happens any more."""
        return self.state in {State.DONE, State.FAILED}

    @property
    def made(self) -> Path:
        """Folder of what was made of it."""
        return self.folder / MADE


Finish = Callable[[Job], None]
"""Does what remains once a file was read, in the thread that waited for it."""


class Uploads:
    """What was brought to a server. Safe to share between threads and processes.

    Parameters
    ----------
    folder
        Where it lies; made when the first file comes.
    nursery
        Reads the files.
    """

    def __init__(self, folder: Path, nursery: Nursery | None = None) -> None:
        self._folder = folder
        self._nursery = nursery or Nursery()
        self._turns = Semaphore(_AT_ONCE)

    def close(self) -> None:
        """End what is being read."""
        self._nursery.close()

    def take(
        self,
        kind: Kind,
        name: str,
        stream: IO[bytes],
        about: Mapping[str, Any],
        options: Mapping[str, Any] | None = None,
    ) -> Job:
        """Keep a file that was brought, to be read.

        Parameters
        ----------
        kind
            What it is to be.
        name
            What its owner calls it: its ending may tell its format.
        stream
            The file.
        about
            What else is to be known of it.
        options
            How it is to be read.

        Raises
        ------
        UploadError
            It is empty or too large, or there are too many already.
        """
        self._sweep()
        made = self._folder / secrets.token_hex(16)
        shown = clean_name(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            made.mkdir(mode=0o700)
            (made / SOURCE).mkdir(mode=0o700)
            (made / MADE).mkdir(mode=0o700)
            size = _copy(stream, made / SOURCE / shown, LIMITS[kind].upload_bytes)
            (made / OPTIONS).write_text(json.dumps(dict(options or {})), "utf-8")
            document = {
                "kind": kind,
                "name": shown,
                "size": size,
                "about": dict(about),
                "made_at": datetime.now(UTC).isoformat(),
            }
            _write(made, _ABOUT, document)
            _write_state(made, State.WAITING)
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            raise UploadError("no-room") from None
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        return self.get(made.name)

    def amend(self, job: Job, **about: Any) -> None:  # noqa: ANN401 - JSON
        """Add to what is known of a file; raises UploadError where it is gone."""
        try:
            known = json.loads((job.folder / _ABOUT).read_bytes())
            known["about"] |= about
            _write(job.folder, _ABOUT, known)
        except OSError:
            raise UploadError("gone") from None

    def start(self, job: Job, finish: Finish | None = None) -> None:
        """Have a file read, in a thread that waits for it."""
        Thread(target=self.run, args=(job, finish), name=f"upload {job.kind}", daemon=True).start()

    def run(self, job: Job, finish: Finish | None = None) -> Job:
        """Read a file, and return how it went."""
        error: CodedError | None = None
        try:
            with self._turns:
                _write_state(job.folder, State.READING)
                self._nursery.read(job.folder, job.kind, lambda: self._is_cancelled(job))
            if finish is not None:
                finish(self.get(job.id))
        except CodedError as raised:
            error = raised
        except FileNotFoundError:  # it was dropped meanwhile
            error = UploadError("gone")
        except BaseException:
            error = UploadError("crashed")
            raise
        finally:
            self._end(job, error)
        return self.find(job.id) or replace(job, state=State.FAILED, error=UploadError("gone"))

    def find(self, job_id: str) -> Job | None:
        """Return what was brought by its id, or None."""
        if not _ID.fullmatch(job_id):
            return None
        folder = self._folder / job_id
        try:
            known = json.loads((folder / _ABOUT).read_bytes())
            said = json.loads((folder / _STATE).read_bytes())
        except (OSError, ValueError):
            return None
        kind, made_at = Kind(known["kind"]), datetime.fromisoformat(known["made_at"])
        state, error = State(said["state"]), _read_error(said.get("error"))
        job = Job(
            id=job_id,
            kind=kind,
            name=known["name"],
            size=known["size"],
            about=known["about"],
            made_at=made_at,
            state=state,
            error=error,
            folder=folder,
        )
        return job if job.is_over else _look_after(job)

    def get(self, job_id: str) -> Job:
        """Return what was brought by its id; raises UploadError where it is gone."""
        found = self.find(job_id)
        if found is None:
            raise UploadError("gone")
        return found

    def wait(self, job: Job, patience_s: float) -> Job:
        """Return how a file goes when it is over, or after a while."""
        until = time.monotonic() + patience_s
        while not job.is_over and time.monotonic() < until:
            time.sleep(_TICK_S)
            job = self.get(job.id)
        return job

    def cancel(self, job: Job) -> None:
        """Let nobody read it any more: its process ends, whichever worker has it."""
        with suppress(OSError):
            (job.folder / _CANCEL).touch()

    def drop(self, job: Job) -> None:
        """Remove all that is kept of it."""
        self.cancel(job)
        shutil.rmtree(job.folder, ignore_errors=True)

    def _is_cancelled(self, job: Job) -> bool:
        # a folder that is gone was dropped
        return (job.folder / _CANCEL).exists() or not job.folder.exists()

    def _end(self, job: Job, error: CodedError | None) -> None:
        """Say how it went, and keep nothing that is not needed."""
        for name in (SOURCE, *((MADE,) if error is not None else ())):
            shutil.rmtree(job.folder / name, ignore_errors=True)
        for name in (OPTIONS, SAID):
            (job.folder / name).unlink(missing_ok=True)
        with suppress(FileNotFoundError):  # it may have been dropped
            _write_state(job.folder, State.DONE if error is None else State.FAILED, error)

    def _sweep(self) -> None:
        """Remove what is old; raises UploadError where too much is kept all the same."""
        if not self._folder.is_dir():
            return
        now, kept = time.time(), 0
        for folder in self._folder.iterdir():
            with suppress(OSError):
                if now - folder.stat().st_mtime > _KEPT_S:
                    shutil.rmtree(folder, ignore_errors=True)
                else:
                    # of what failed nothing is left but why
                    kept += (folder / MADE).is_dir()
        if kept >= _MOST_KEPT:
            raise UploadError("too-many", limit=_MOST_KEPT)


def clean_name(name: str) -> str:
    """Return a file's name as it can be kept and shown: without folders, and not too long."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = shown.rpartition(".")
    # an ending tells a format: of ``plan.osm.gz`` both
    tail = f"{dot}{ending}"[:20] if stem else ""
    body = (stem or ending)[: _LONGEST_NAME - len(tail)]
    while len(f"{body}{tail}".encode("utf-8", "replace")) > 200:
        body = body[:-1]
    kept = f"{body}{tail}".encode("utf-8", "ignore").decode("utf-8")
    return kept or "file"


def _copy(stream: IO[bytes], path: Path, most: int) -> int:
    size = 0
    with path.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise UploadError("too-large", limit_mb=most // 2**20)
            file.write(chunk)
    if not size:
        raise UploadError("empty")
    return size


def _look_after(job: Job) -> Job:
    """Return a job that is not over, or as lost where its worker must be gone."""
    age_s = (datetime.now(UTC) - job.made_at).total_seconds()
    if age_s < LIMITS[job.kind].wall_s * 4 + _GRACE_S:
        return job
    return replace(job, state=State.FAILED, error=UploadError("lost"))


def _write_state(folder: Path, state: State, error: CodedError | None = None) -> None:
    """Say how it goes."""
    said = {"state": state, "error": None if error is None else write_error(error)}
    _write(folder, _STATE, said)


def _write(folder: Path, name: str, document: Mapping[str, Any]) -> None:
    """Write a file of a folder anew: whoever looks sees the old or the new, never a half."""
    descriptor, made = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(document, file)
    Path(made).replace(folder / name)


def _read_error(said: Mapping[str, Any] | None) -> CodedError | None:
    if said is None:
        return None
    return ReadingError(said["kind"], said["code"], dict(said["values"]), said["place"])
