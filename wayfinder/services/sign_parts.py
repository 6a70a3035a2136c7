"""Making and reading back parts of a batch, in processes of their own.

A process is given the faces and the floor that it draws, and nothing else: neither the plan nor the
network, which are large.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from wayfinder.draw.scene import Scene
from wayfinder.draw.sign_digest import digest_drawing
from wayfinder.draw.signs.display import SignDrawing
from wayfinder.draw.signs.pdf import write_pdf
from wayfinder.draw.signs.png import write_png
from wayfinder.draw.signs.sign import draw_sign
from wayfinder.draw.signs.sizes import SignFormat
from wayfinder.draw.signs.svg import write_svg
from wayfinder.guide.face import Face
from wayfinder.model.sign_address import SignAddress
from wayfinder.services.batch_folder import Printed
from wayfinder.services.read_back import Expected, Fault, read_back

PDF, SVG, PNG = KINDS = ("pdf", "svg", "png")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A face to be drawn.

    Parameters
    ----------
    face
        What it says.
    name
        What people call the sign.
    stem
        Name of a file of its own, without a suffix.
    address
        Where its code leads; None for a specimen.
    """

    face: Face
    name: str
    stem: str
    address: SignAddress | None


@dataclass(frozen=True, slots=True)
class Job:
    """A part of a batch: faces of one floor and one size.

    Parameters
    ----------
    key
        Equal keys make equal parts.
    stem
        Name of the file, or of the folder where each sign has a file of its own, without a suffix.
    plate_stem
        Likewise for the plates of hanging signs.
    kind
        ``pdf``, ``svg`` or ``png``.
    separate
        Whether each sign has a file of its own; SVG and PNG always do.
    dpi
        Of PNG.
    format
        The size.
    asked
        Whether somebody asked for this size: then letters are as high as that needs, else as each
        sign's reading distance needs.
    languages
        Of the signs, the first one larger.
    theme
        Name of the colours.
    scene
        The floor.
    wanted
        The faces.
    unless
        Sign id to what is printed already: a sign that would look the same is left out.
    """

    key: str
    stem: str
    plate_stem: str
    kind: str
    separate: bool
    dpi: float
    format: SignFormat
    asked: bool
    languages: tuple[str, ...]
    theme: str
    scene: Scene
    wanted: tuple[Wanted, ...]
    unless: Mapping[str, Printed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was made.

    Parameters
    ----------
    file
        Name relative to the batch's folder.
    number
        Counts from 1 in the file.
    payload
        What its code says; None where it has none.
    texts
        What is written beneath the code.
    """

    file: str
    number: int
    payload: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A sign that was drawn.

    Parameters
    ----------
    sign, name
        Which.
    size
        Name of its format.
    drawing
        Digest of what one sees on it.
    letter_height_mm
        Height of its names.
    dropped, reduced, untranslated
        Ids of what has no room, has room for one language only, or lacks one.
    pages
        The sign, and its plate where it has one; none where it was left out, being printed already.
    """

    sign: str
    name: str
    size: str
    drawing: str
    letter_height_mm: float
    dropped: tuple[str, ...]
    reduced: tuple[str, ...]
    untranslated: tuple[str, ...]
    pages: tuple[Page, ...] = ()


def make_part(job: Job, folder: Path) -> list[Made]:
    """Draw the signs of a part and write their files.

    Parameters
    ----------
    job
        What.
    folder
        Empty; files get the names that they have in the batch.

    Raises
    ------
    MissingGlyphError
        The fonts lack a character of a sign.
    OSError
        A file cannot be written.
    """
    made: list[Made] = []
    signs: list[SignDrawing] = []
    plates: list[SignDrawing] = []
    for wanted in job.wanted:
        drawing = _draw(job, wanted)
        one = _tell(job, wanted, drawing)
        sign_id = wanted.face.sign.id
        code = wanted.address.code if wanted.address else ""
        if job.unless.get(sign_id) == Printed(one.drawing, code):
            made.append(one)
            continue
        pages = [_plan_page(job, wanted.stem, replace(drawing, plate=None), signs, job.stem)]
        if drawing.plate is not None:
            pages.append(_plan_page(job, wanted.stem, drawing.plate, plates, job.plate_stem))
        made.append(replace(one, pages=tuple(pages)))
        if job.kind != PDF or job.separate:
            _write_single(job, folder, [*signs, *plates], pages)
            signs.clear()
            plates.clear()
    for stem, drawings in ((job.stem, signs), (job.plate_stem, plates)):
        if drawings:
            (folder / f"{stem}.pdf").write_bytes(write_pdf(drawings))
    return made


def check_part(folder: Path, made: Sequence[Made]) -> list[Fault]:
    """Read the files of a part back, and list what is wrong with them."""
    pages: dict[str, list[tuple[int, Expected]]] = {}
    for one in made:
        for page in one.pages:
            expected = Expected(one.sign, one.name, page.payload, page.texts)
            pages.setdefault(page.file, []).append((page.number, expected))
    return [
        replace(fault, file=file)
        for file, listed in pages.items()
        for fault in read_back(folder / file, [one for _, one in sorted(listed, key=_number)])
    ]


def tell_made(made: Sequence[Made]) -> list[dict[str, Any]]:
    """Return signs as JSON values."""
    return [asdict(one) for one in made]


def read_made(told: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Read what `tell_made` returned; raises KeyError or TypeError for anything else."""
    return [
        Made(
            sign=one["sign"],
            name=one["name"],
            size=one["size"],
            drawing=one["drawing"],
            letter_height_mm=one["letter_height_mm"],
            dropped=tuple(one["dropped"]),
            reduced=tuple(one["reduced"]),
            untranslated=tuple(one["untranslated"]),
            pages=tuple(
                Page(page["file"], page["number"], page["payload"], tuple(page["texts"]))
                for page in one["pages"]
            ),
        )
        for one in told
    ]


def _number(listed: tuple[int, Expected]) -> int:
    return listed[0]


def _draw(job: Job, wanted: Wanted) -> SignDrawing:
    return draw_sign(
        wanted.face,
        job.scene,
        address=wanted.address,
        size=job.format,
        languages=job.languages,
        theme=job.theme,
        letter_height_mm=None if job.asked else wanted.face.letter_height_mm,
    )


def _tell(job: Job, wanted: Wanted, drawing: SignDrawing) -> Made:
    return Made(
        sign=wanted.face.sign.id,
        name=wanted.name,
        size=job.format.name,
        drawing=digest_drawing(drawing),
        letter_height_mm=round(drawing.letter_height_mm, 1),
        dropped=tuple(line.to for line in drawing.dropped),
        reduced=tuple(line.to for line in drawing.reduced),
        untranslated=drawing.untranslated,
    )


def _plan_page(
    job: Job, own: str, drawing: SignDrawing, pages: list[SignDrawing], stem: str
) -> Page:
    """Add a drawing to the pages of its file, or to a file of its own, and tell where it is."""
    pages.append(drawing)
    if job.kind == PDF and not job.separate:
        return Page(f"{stem}.pdf", len(pages), drawing.payload, drawing.texts)
    return Page(f"{stem}/{own}.{job.kind}", 1, drawing.payload, drawing.texts)


def _write_single(
    job: Job, folder: Path, drawings: Sequence[SignDrawing], pages: Sequence[Page]
) -> None:
    for drawing, page in zip(drawings, pages, strict=True):
        path = folder / page.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_write(job, drawing))


def _write(job: Job, drawing: SignDrawing) -> bytes:
    if job.kind == SVG:
        return write_svg(drawing).encode("utf-8")
    if job.kind == PNG:
        return write_png(drawing, job.dpi)
    return write_pdf([drawing])


def list_files(made: Sequence[Made]) -> Iterator[str]:
    """Yield the files of signs, each once."""
    yield from dict.fromkeys(page.file for one in made for page in one.pages)
