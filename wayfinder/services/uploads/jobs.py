"""What was brought and is looked at: a folder each, which every worker of the server sees.

A folder has what is known of it, how it goes, and what was made of the file; the file itself is
removed as soon as it was read. Whoever reads it holds its folder: if they are killed, everybody
sees that at once. What nobody took within a day is swept away.
"""

import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import IO, Any

from wayfinder.errors import CodedError
from wayfinder.services.batch_lock import LOCK, hold_folder, is_left
from wayfinder.services.uploads.errors import ReadingError, UploadError
from wayfinder.services.uploads.limits import LIMITS, Kind
from wayfinder.services.uploads.nursery import Nursery
from wayfinder.services.uploads.reading import MADE, OPTIONS, SAID, SOURCE, write_error
from wayfinder.services.uploads.turns import Turns

_ABOUT, _STATE, _CANCEL = "about.json", "state.json", "cancel"
_ID = re.compile(r"[0-9a-f]{32}")
_AT_ONCE = 2
"""Files that all workers together have read at once: each may take 2 GB (ours)."""
_MOST_KEPT, _MOST_OWN = 50, 8
"""Of all workers together, and of one person (ours); they are looked at, then taken or swept away.
"""
_KEPT_S = 24 * 3600.0
_BEGUN_S = 10.0
"""Who brought a file has begun to read it by then: if nobody holds it, they were killed (ours)."""
_GRACE_S = 120.0
"""Beyond the longest that reading takes: what is not done then is lost, also where the file system
cannot tell who holds it."""
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
        self._turns = Turns(folder.with_name(f"{folder.name}-turns"), _AT_ONCE)

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
            What else is to be known of it; ``person`` is whose it is. Of somebody who has too many
            the oldest that was read is given up.
        options
            How it is to be read.

        Raises
        ------
        UploadError
            It is empty or too large, or there are too many already.
        """
        self._make_room(about.get("person"))
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
        was_dropped = suppress(FileNotFoundError)
        with was_dropped, hold_folder(job.folder, make=False):
            self._read(job, finish)
            (job.folder / LOCK).unlink(missing_ok=True)
        return self.find(job.id) or replace(job, state=State.FAILED, error=UploadError("gone"))

    def _read(self, job: Job, finish: Finish | None) -> None:
        error: CodedError | None = None
        try:
            with self._turns.take(lambda: self._is_cancelled(job)):
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

    def find(self, job_id: str) -> Job | None:
        """Return what was brought by its id, or None."""
        if not _ID.fullmatch(job_id):
            return None
        job = self._load(job_id)
        if job is None or job.is_over or not _is_lost(job):
            return job
        # it may have ended between the two looks
        job = self._load(job_id)
        if job is None or job.is_over:
            return job
        self._end(job, UploadError("lost"))
        return self._load(job_id)

    def _load(self, job_id: str) -> Job | None:
        folder = self._folder / job_id
        try:
            known = json.loads((folder / _ABOUT).read_bytes())
            said = json.loads((folder / _STATE).read_bytes())
        except (OSError, ValueError):
            return None
        kind, made_at = Kind(known["kind"]), datetime.fromisoformat(known["made_at"])
        state, error = State(said["state"]), _read_error(said.get("error"))
        return Job(
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

    def _make_room(self, person: object) -> None:
        """Remove what is old; raises UploadError where too much is kept all the same."""
        kept = list(self._sweep())
        own = [job for job in kept if person is not None and job.about.get("person") == person]
        excess = len(own) - _MOST_OWN + 1
        read = sorted((job for job in own if job.is_over), key=lambda job: job.made_at)
        given_up = read[: max(0, excess)]
        if len(given_up) < excess:
            raise UploadError("too-many-own", limit=_MOST_OWN)
        for job in given_up:
            self.drop(job)
        if len(kept) - len(given_up) >= _MOST_KEPT:
            raise UploadError("too-many", limit=_MOST_KEPT)

    def _sweep(self) -> Iterator[Job]:
        """Remove what is old, and yield the rest; of what failed nothing is left but why."""
        if not self._folder.is_dir():
            return
        now = time.time()
        for folder in self._folder.iterdir():
            with suppress(OSError):
                if now - folder.stat().st_mtime > _KEPT_S:
                    shutil.rmtree(folder, ignore_errors=True)
                    continue
            job = self.find(folder.name)
            if job is not None and job.state is not State.FAILED:
                yield job


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


def _is_lost(job: Job) -> bool:
    """Tell whether nobody reads a file any more that was not read to its end."""
    age_s = (datetime.now(UTC) - job.made_at).total_seconds()
    is_begun = job.state is State.READING or age_s > _BEGUN_S
    return (is_begun and is_left(job.folder)) or age_s > LIMITS[job.kind].wall_s * 4 + _GRACE_S


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
