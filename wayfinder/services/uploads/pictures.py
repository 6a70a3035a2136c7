"""Pictures of plans, and pages of PDF: made one kind of picture, of a bounded size."""

import json
import struct
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from wayfinder.services.uploads.errors import UploadError

MOST_PAGES = 10
"""Of one file, taken at once (ours)."""
_LIST = "pictures.json"
_LONGEST_SIDE_PX = 8_000
_MOST_PX = 40_000_000
"""Beside the longest side: a browser keeps four bytes a pixel (ours)."""
_LARGEST_PX = 180_000_000
"""Of what is read: A0 with 300 dpi has 139 million (ours)."""
_DPI = 200
"""At which pages are drawn, if they are small enough: a door of 1:100 is then 70 pixels wide."""
_POINTS_PER_INCH = 72
_PDF_HEAD = 1_024
_FORMATS = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_DAMAGED = (
    *(OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError),
    struct.error,
)
"""What Pillow says of damaged pictures."""
_QUALITY = 85
_FEW_COLOURS = frozenset({"1", "L", "P"})


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """One picture that was made.

    Parameters
    ----------
    path
        Its file.
    media_type
        ``image/png`` or ``image/webp``.
    width_px, height_px
        Its size.
    page
        Its number in the file that was brought, from 1.
    """

    path: Path
    media_type: str
    width_px: int
    height_px: int
    page: int


def read(source: Path, target: Path, options: Mapping[str, Any]) -> None:
    """Draw the pages of a file.

    Parameters
    ----------
    source
        A picture or PDF.
    target
        Folder for what is made.
    options
        ``pages``, the numbers of the pages that are wanted.

    Raises
    ------
    UploadError
        It is neither, is damaged or too large, or has no such page.
    """
    # a picture may be large, which Pillow warns of, but not larger than this
    Image.MAX_IMAGE_PIXELS = _LARGEST_PX // 2
    warnings.simplefilter("ignore")
    pages = [int(page) for page in options.get("pages", [1])][:MOST_PAGES]
    with source.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(_PDF_HEAD)
    drawn = _draw_pdf(source, pages) if is_pdf else _open_pictures(source, pages)
    said = [_keep(image, target, page) for page, image in drawn]
    (target / _LIST).write_text(json.dumps(said), "utf-8")


def load(folder: Path) -> list[BroughtPicture]:
    """List what `read` made."""
    said = json.loads((folder / _LIST).read_bytes())
    return [BroughtPicture(folder / one.pop("file"), **one) for one in said]


def parse_pages(text: str) -> list[int]:
    """Return the numbers of pages as people write them: ``1-3, 5``.

    Raises
    ------
    UploadError
        It is no such list, or of too many pages.
    """
    found: dict[int, None] = {}
    for part in text.replace("，", ",").replace("–", "-").split(","):
        first, dash, last = (one.strip() for one in part.partition("-"))
        if not _is_page(first) or (dash and not _is_page(last)):
            raise UploadError("bad-pages", text=text[:40])
        low, high = int(first), int(last or first)
        if low > high or high - low >= MOST_PAGES:
            raise UploadError("bad-pages", text=text[:40])
        found |= dict.fromkeys(range(low, high + 1))
    if len(found) > MOST_PAGES:
        raise UploadError("bad-pages", text=text[:40])
    return list(found)


def _is_page(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= 10_000 and len(text) <= 5


def _draw_pdf(source: Path, pages: list[int]) -> Iterator[tuple[int, Image.Image]]:
    try:
        with pypdfium2.PdfDocument(source) as document:
            count = len(document)
            for number in pages:
                if number > count:
                    raise UploadError("no-such-page", page=number, count=count)
                page = document[number - 1]
                width, height = page.get_size()
                if min(width, height) <= 0:
                    raise UploadError("unreadable-pdf")
                scale = min(_DPI / _POINTS_PER_INCH, _find_scale(width, height))
                yield number, page.render(scale=scale).to_pil().convert("RGB")
                page.close()
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise UploadError("locked-pdf" if locked else "unreadable-pdf") from None


def _open_pictures(source: Path, pages: list[int]) -> Iterator[tuple[int, Image.Image]]:
    try:
        with Image.open(source, formats=_FORMATS) as image:
            count = getattr(image, "n_frames", 1)
            for number in pages:
                if number > count:
                    raise UploadError("no-such-page", page=number, count=count)
                if number > 1:
                    image.seek(number - 1)
                if image.format == "JPEG":  # is read smaller at once, where it is large
                    image.draft("RGB", (_LONGEST_SIDE_PX, _LONGEST_SIDE_PX))
                yield number, _flatten(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError:
        raise UploadError("too-many-pixels", limit=_LARGEST_PX // 1_000_000) from None
    except UnidentifiedImageError:
        raise UploadError("no-picture") from None
    except _DAMAGED:
        raise UploadError("unreadable-picture") from None


def _flatten(image: Image.Image) -> Image.Image:
    """Return a picture without what shines through: white is behind it."""
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    full = image.convert("RGBA")
    ground = Image.new("RGBA", full.size, "white")
    return Image.alpha_composite(ground, full).convert("RGB")


def _find_scale(width: float, height: float) -> float:
    """Return by how much a picture of some size has to shrink, or may grow."""
    return min(_LONGEST_SIDE_PX / max(width, height), sqrt(_MOST_PX / (width * height)))


def _keep(image: Image.Image, target: Path, page: int) -> dict[str, Any]:
    scale = _find_scale(*image.size)
    if scale < 1:
        size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
        # lines of one bit would break up
        whole = image.convert("L") if image.mode == "1" else image
        image = whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    # what a camera wrote down about place and time is nobody's business
    image.info = {}
    few = image.mode in _FEW_COLOURS
    name = f"page-{page}.{'png' if few else 'webp'}"
    if few:
        image.save(target / name, "PNG", optimize=False)
    else:
        image.save(target / name, "WEBP", quality=_QUALITY, method=2)
    return {
        "file": name,
        "media_type": f"image/{'png' if few else 'webp'}",
        "width_px": image.width,
        "height_px": image.height,
        "page": page,
    }
