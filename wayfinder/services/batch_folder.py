"""The folder of a batch of signs: there whole or not at all, and what it holds told in one file.

Parts that take long are kept beside the folder by what they were made of until all is done, so that
a run that was stopped goes on where it was. Then the folder takes its place under its name at once.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Any

from wayfinder.files import replace_file, sync_folder, take_usual_mode
from wayfinder.services.batch_lock import hold_folder

RECORD = "batch.json"
"""What a batch is: release, address, sizes, and every sign with its code, page and drawing."""

_FRESH = ".????????.new"
"""What `tempfile.mkdtemp` adds: of ``signs`` and ``signs.v2`` each finds its own alone."""


class BatchError(Exception):
    """A batch cannot be made; the message id and its values say why.

    Parameters
    ----------
    message_id
        In the catalogues.
    values
        What its words need.
    """

    def __init__(self, message_id: str, **values: Any) -> None:  # noqa: ANN401 - anything that prints
        super().__init__(message_id, values)
        self.message_id = message_id
        self.values = values


@dataclass(frozen=True, slots=True)
class Printed:
    """A sign as it was printed last.

    Parameters
    ----------
    drawing
        Hash of what was drawn.
    code
        Its code; empty on a specimen.
    """

    drawing: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a folder says of the batch in it.

    Parameters
    ----------
    files
        Names of all files, relative to the folder.
    printed
        Sign id to what was printed last, in this batch or in one before it.
    """

    files: frozenset[str] = frozenset()
    printed: Mapping[str, Printed] = field(default_factory=dict)


def read_record(folder: Path) -> Record | None:
    """Return what a folder says of its batch, or None where it holds none.

    Raises
    ------
    BatchError
        What it says cannot be read.
    """
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        document = json.loads(path.read_text("utf-8"))
        printed = {
            str(key): Printed(str(said["drawing"]), str(said.get("code") or ""))
            for key, said in document["printed"].items()
        }
        return Record(frozenset(map(str, document["files"])), printed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = str(error) or type(error).__name__
        raise BatchError("printing.bad-record", file=str(path), problem=problem) from None


def check_place(output: Path) -> None:
    """Refuse a place where no folder can be.

    Raises
    ------
    BatchError
        There is a file, or no folder to make it in.
    """
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise BatchError("printing.not-a-folder", path=str(output))
    if not output.parent.is_dir():
        raise BatchError("printing.no-parent", path=str(output), parent=str(output.parent))


def check_output(output: Path) -> None:
    """Refuse a folder that holds what is not of a batch: it would be lost.

    Raises
    ------
    BatchError
        It holds other files.
    """
    _recover(output)
    if not output.exists():
        return
    record = read_record(output)
    known = {RECORD} if record is None else {RECORD, *record.files}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if not path.is_dir() and name not in known:
            raise BatchError("printing.foreign-file", path=str(output), file=name)


class Parts:
    """Parts of a batch, kept beside its folder until that is whole.

    Parameters
    ----------
    output
        The folder of the batch.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self.folder = output.parent / f".{output.name}.parts"
        self.jobs = self.folder / "jobs"

    @contextmanager
    def hold(self) -> Iterator["Parts"]:
        """Keep other runs away, and take away what a run left that was stopped.

        Parts that are finished stay there when this one is stopped.

        Raises
        ------
        BatchError
            Another run makes the same batch now.
        OSError
            The folder cannot be written.
        """
        with ExitStack() as held:
            try:
                held.enter_context(hold_folder(self.folder))
            except BlockingIOError:
                raise BatchError("printing.busy", path=str(self._output)) from None
            for left in self.folder.parent.glob(f".{escape(self._output.name)}{_FRESH}"):
                shutil.rmtree(left, ignore_errors=True)
            shutil.rmtree(self.jobs, ignore_errors=True)
            self.jobs.mkdir()
            try:
                yield self
            finally:
                shutil.rmtree(self.jobs, ignore_errors=True)
                if not any(self.folder.glob("*.json")):
                    self.end()

    def find(self, key: str) -> Any | None:  # noqa: ANN401 - any JSON document
        """Return what is known of a part that is finished, or None."""
        try:
            return json.loads((self.folder / f"{key}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def make_content(self, key: str) -> Path:
        """Return an empty folder for the files of a part."""
        folder = self.content(key)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def content(self, key: str) -> Path:
        """Return the folder with the files of a part."""
        return self.folder / key

    def finish(self, key: str, told: Any) -> None:  # noqa: ANN401 - any JSON document
        """Note that a part is finished: its content was written before; raises OSError."""
        _sync(self.content(key))
        with replace_file(self.folder / f"{key}.json") as file:
            file.write(json.dumps(told, ensure_ascii=False).encode("utf-8"))

    def drop(self, key: str) -> None:
        """Forget a part."""
        (self.folder / f"{key}.json").unlink(missing_ok=True)

    def end(self) -> None:
        """Remove all of it: the batch has its folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def place_file(source: Path, target: Path) -> None:
    """Put a file into a second place, without a copy where the system can; raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@contextmanager
def replace_folder(output: Path) -> Iterator[Path]:
    """Fill a folder that takes the place of another one when the block ends.

    Whoever looks sees the old one or the new one; an exception leaves the old one.

    Raises
    ------
    OSError
        It cannot be written; what was there is untouched.
    """
    _recover(output)
    fresh = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}.", suffix=".new"))
    old = _old(output)
    try:
        yield fresh
        take_usual_mode(fresh, directory=True)
        _sync(fresh)
        if output.exists():
            output.rename(old)
        fresh.rename(output)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        _recover(output)
        raise
    sync_folder(output.parent)
    shutil.rmtree(old, ignore_errors=True)


def _old(output: Path) -> Path:
    return output.parent / f".{output.name}.old"


def _recover(output: Path) -> None:
    """Put back what a run that was stopped between two renames had moved aside."""
    old = _old(output)
    if not old.is_dir():
        return
    if output.exists():
        shutil.rmtree(old, ignore_errors=True)
    else:
        old.rename(output)


def _sync(folder: Path) -> None:
    """Wait until all files of a folder are on the disk; raises OSError."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)
