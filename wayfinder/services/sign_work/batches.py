"""Batches of signs on the disk: a folder each, the newest of a venue kept.

What a batch is to be is written down before it is made, so that one that was interrupted goes on
where it was, and one that is done says for years what was printed.
"""

import json
import re
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wayfinder.files import replace_file
from wayfinder.services.batch_folder import RECORD
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.slugs import is_slug

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}", re.ASCII)
_ORDER, _SIGNS, AUDIT = "order.json", "signs", "audit.json"


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """What a batch is to be; plain values, as a form has them.

    Parameters
    ----------
    what
        ``all``, ``levels``, ``states``, ``changed``, ``signs`` for named ones, ``reprint`` for what
        a comparison has found wrong, ``temporary`` for what leads round a closure.
    levels, states, signs
        Ids of levels, states, ids of signs; of what is chosen by them.
    languages
        BCP 47 tags of what is on the signs, one or two; none: those that the plan speaks.
    kind
        ``pdf``, ``svg`` or ``png``.
    separate
        Whether each sign has a file of its own.
    size
        One format for all signs; empty: for each the smallest that holds what it says.
    theme
        ``light``, or ``print`` for black ink alone.
    base
        Address that the codes lead to; None: specimens.
    """

    what: str = "all"
    levels: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kind: str = "pdf"
    separate: bool = False
    size: str = ""
    theme: str = "light"
    base: str | None = None


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch of a venue.

    Parameters
    ----------
    id
        Its name in addresses and of its folder: when it was asked for.
    slug
        The venue.
    folder
        Where it lies.
    order
        What it is to be.
    who, made_at
        Who asked for it, and when.
    printed_at, printed_by
        When it was noted as printed and by whom; None and empty where it was not.
    content
        What ``batch.json`` says; empty until it is there.
    """

    id: str
    slug: str
    folder: Path
    order: BatchOrder
    who: str
    made_at: datetime
    printed_at: datetime | None = None
    printed_by: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signs_folder(self) -> Path:
        """Where the files for the printer are."""
        return self.folder / _SIGNS

    @property
    def audit_file(self) -> Path:
        """What an audit asked to be printed, if it is one of those batches."""
        return self.folder / AUDIT

    @property
    def is_made(self) -> bool:
        """Whether it is there."""
        return bool(self.content)

    @property
    def release(self) -> int | None:
        """Number of the release that it was printed from."""
        number = self.content.get("release")
        return number if isinstance(number, int) else None

    @property
    def sign_count(self) -> int:
        """How many signs it holds."""
        return len(self.content.get("signs", ()))

    def list_files(self) -> list[tuple[str, int]]:
        """List its files in order with their sizes in bytes."""
        names = [str(name) for name in self.content.get("files", ())]
        paths = ((name, self.signs_folder / name) for name in [*names, RECORD])
        return [(name, path.stat().st_size) for name, path in paths if path.is_file()]

    def list_drawings(self) -> dict[str, str]:
        """Return code to digest of what was printed, of the signs that carry a code of their own.

        What hangs only for a while is not among them: its code is that of the sign beneath.
        """
        temporary = self.order.what == "temporary"
        signs = () if temporary else self.content.get("signs", ())
        return {one["code"]: one["drawing"] for one in signs if one["code"]}


class Batches:
    """The batches of all venues.

    Parameters
    ----------
    folder
        Where they lie; made when the first one is.
    kept
        How many of a venue are kept.
    """

    def __init__(self, folder: Path, kept: int) -> None:
        self._folder = folder / "batches"
        self.kept = kept

    def add(
        self,
        slug: str,
        order: BatchOrder,
        *,
        who: str,
        audit: Mapping[str, Any] | None = None,
        busy: Collection[str] = (),
    ) -> BatchRecord:
        """Write down what a batch is to be; older ones make room for it.

        Parameters
        ----------
        slug
            The venue.
        order
            What it is to be.
        who
            Who asks for it.
        audit
            What an audit asks to be printed, if that is it.
        busy
            Ids of those that are being made: they stay however old they are.

        Raises
        ------
        SignWorkError
            The folder cannot be written.
        """
        now = datetime.now(UTC).replace(microsecond=0)
        batch_id = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        record = BatchRecord(batch_id, slug, self._find(slug) / batch_id, order, who, now)
        try:
            record.folder.mkdir(parents=True)
            if audit is not None:
                _write(record.audit_file, audit)
            _write_order(record)
            staying = {record.id, *busy}
            others = [one for one in self.list(slug) if one.id not in staying]
            for old in others[max(0, self.kept - len(staying)) :]:
                self.remove(old)
        except OSError as error:
            problem = error.strerror or str(error)
            raise SignWorkError("unwritable", problem=problem) from None
        return record

    def list(self, slug: str) -> list[BatchRecord]:
        """List the batches of a venue, the newest first."""
        try:
            names = [path.name for path in self._find(slug).iterdir()]
        except OSError:
            return []
        found = (self.find(slug, name) for name in sorted(names, reverse=True))
        return [one for one in found if one is not None]

    def find(self, slug: str, batch_id: str) -> BatchRecord | None:
        """Return a batch of a venue, or None."""
        folder = self._find(slug) / batch_id
        if not _ID.fullmatch(batch_id) or not (folder / _ORDER).is_file():
            return None
        return read_batch(folder)

    def remove(self, record: BatchRecord) -> None:
        """Remove a batch; what was noted of its signs stays."""
        shutil.rmtree(record.folder, ignore_errors=True)

    def note_printed(self, record: BatchRecord, *, who: str, at: datetime) -> BatchRecord:
        """Note that a batch was printed; raises SignWorkError where that cannot be written."""
        noted = replace(record, printed_at=at, printed_by=who)
        self.write(noted)
        return noted

    def write(self, record: BatchRecord) -> None:
        """Write down what is known of a batch; raises SignWorkError where that cannot be."""
        try:
            _write_order(record)
        except OSError as error:
            raise SignWorkError("unwritable", problem=error.strerror or str(error)) from None

    def _find(self, slug: str) -> Path:
        if not is_slug(slug):
            raise SignWorkError("no-such-batch")
        return self._folder / slug


def read_batch(folder: Path) -> BatchRecord | None:
    """Read a batch's folder, or None where it holds none that can be read."""
    try:
        said = json.loads((folder / _ORDER).read_text("utf-8"))
        lists = ("levels", "states", "signs", "languages")
        order = BatchOrder(**{**said["order"], **{key: tuple(said["order"][key]) for key in lists}})
        printed = said["printed_at"]
        record = BatchRecord(
            folder.name,
            folder.parent.name,
            folder,
            order,
            said["who"],
            datetime.fromisoformat(said["made_at"]),
            None if printed is None else datetime.fromisoformat(printed),
            said["printed_by"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return replace(record, content=_read_content(record.signs_folder / RECORD))


def stream_files(record: BatchRecord) -> Iterator[tuple[str, Path]]:
    """Yield the files of a batch: the name that each has in it, and its path."""
    for name, _ in record.list_files():
        yield name, record.signs_folder / name


def _read_content(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_order(record: BatchRecord) -> None:
    printed = record.printed_at
    document = {
        "order": asdict(record.order),
        "who": record.who,
        "made_at": record.made_at.isoformat(),
        "printed_at": None if printed is None else printed.isoformat(),
        "printed_by": record.printed_by,
    }
    _write(record.folder / _ORDER, document)


def _write(path: Path, document: Mapping[str, Any]) -> None:
    with replace_file(path) as file:
        file.write(json.dumps(document, ensure_ascii=False).encode("utf-8"))
