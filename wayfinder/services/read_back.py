"""Reading back what was written for the printer: every code, from the page as it will be seen.

A page is drawn by another program than the one that wrote it (PDFium, resvg), and its code is found
and read by a reader of phones (zxing-cpp): what is wrong with fonts, paths, the quiet zone or the
page's size shows here and not on a wall.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import resvg_py
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

DPI = 150.0
"""How finely pages are drawn to be read: a third of what a printer does, as a phone from afar."""

_MOST_PIXELS = 10_000_000
"""As many as A2 has at 150 dpi; the modules of a totem's code are then 10 pixels wide (ours)."""

_POINTS_PER_INCH = 72.0
_MM_PER_INCH = 25.4
_SIDES = re.compile(r' (?:width|height)="([0-9.]+)mm"')
_HEAD = 400
"""Characters of an SVG in which its size stands."""

_TEXT_SHOWN = 60
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

Picture = NDArray[np.uint8]
"""Grey values, shape (height, width)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a page has to hold.

    Parameters
    ----------
    sign
        Id of the sign.
    name
        What people call it.
    payload
        What its code says to a letter; None where there must be no code.
    texts
        What must be written on it, to be selected and searched for; only PDF tells.
    """

    sign: str
    name: str
    payload: str | None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A page that is not what it has to be.

    Parameters
    ----------
    sign, name
        Whose page it is.
    file
        Name of the file.
    page
        Counts from 1.
    problem
        ``no-code``, ``wrong-code``, ``several-codes``, ``unwanted-code``, ``no-text`` or
        ``no-page``.
    found
        What was read instead, shortened.
    """

    sign: str
    name: str
    file: str
    page: int
    problem: str
    found: str = ""


def read_back(path: Path, expected: Sequence[Expected]) -> tuple[Fault, ...]:
    """Read a file that was written, and list what is wrong with it.

    Parameters
    ----------
    path
        A PDF, SVG or PNG, known by its suffix.
    expected
        One a page, in their order; SVG and PNG have one page.

    Returns
    -------
    tuple of Fault
        Empty where every page is right.

    Raises
    ------
    ValueError
        It is a file of another kind.
    """
    if path.suffix not in _READERS:
        raise ValueError(f"{path.name}: cannot be read back")
    try:
        pages = list(_READERS[path.suffix](path.read_bytes(), expected))
    except (pypdfium2.PdfiumError, UnidentifiedImageError, ValueError) as error:
        return tuple(
            Fault(one.sign, one.name, path.name, number, "no-page", str(error)[:_TEXT_SHOWN])
            for number, one in enumerate(expected, start=1)
        )
    found = (
        Fault(one.sign, one.name, path.name, number, problem, what[:_TEXT_SHOWN])
        for number, (one, problem, what) in enumerate(pages, start=1)
        if problem
    )
    return tuple(found)


_Verdict = tuple[Expected, str, str]
"""What was expected of a page, what is wrong with it (empty for nothing), what was found."""


def draw_page(page: pypdfium2.PdfPage, dpi: float = DPI) -> Picture:
    """Draw a page of a PDF in grey."""
    picture = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_numpy()
    return np.ascontiguousarray(picture.reshape(picture.shape[:2]))


def _choose_dpi(page: pypdfium2.PdfPage) -> float:
    """Return how finely a page is drawn: a large sign has a large code, and is a large picture."""
    width, height = page.get_size()
    return _fit_dpi(width * height / _POINTS_PER_INCH**2)


def _fit_dpi(square_inches: float) -> float:
    return float(min(DPI, (_MOST_PIXELS / max(square_inches, 1.0)) ** 0.5))


def read_codes(picture: Picture) -> tuple[str, ...]:
    """Read all QR codes of a picture."""
    found = zxingcpp.read_barcodes(picture, formats=_QR, text_mode=zxingcpp.TextMode.Plain)
    return tuple(one.text for one in found if one.valid)


def _read_pdf(content: bytes, expected: Sequence[Expected]) -> Iterator[_Verdict]:
    with pypdfium2.PdfDocument(content) as document:
        if len(document) != len(expected):
            raise ValueError(f"{len(document)} pages for {len(expected)}")
        for one, page in zip(expected, document, strict=True):
            problem, found = _judge(one, draw_page(page, _choose_dpi(page)))
            missing = "" if problem else _find_missing(one, page)
            yield (one, "no-text", missing) if missing else (one, problem, found)
            page.close()


def _read_svg(content: bytes, expected: Sequence[Expected]) -> Iterator[_Verdict]:
    (one,) = expected
    text = content.decode("utf-8")
    sides = [float(side) / _MM_PER_INCH for side in _SIDES.findall(text[:_HEAD])]
    dpi = _fit_dpi(sides[0] * sides[1]) if len(sides) == 2 else DPI
    drawn = resvg_py.svg_to_bytes(
        svg_string=text, dpi=dpi, background="white", skip_system_fonts=True
    )
    yield one, *_judge(one, _load_picture(bytes(drawn)))


def _read_png(content: bytes, expected: Sequence[Expected]) -> Iterator[_Verdict]:
    (one,) = expected
    yield one, *_judge(one, _load_picture(content))


def _load_picture(content: bytes) -> Picture:
    with Image.open(BytesIO(content)) as image:
        return np.asarray(image.convert("L"))


def _judge(one: Expected, picture: Picture) -> tuple[str, str]:
    """Tell what is wrong with the codes of a page, empty for nothing, and what was read."""
    codes = read_codes(picture)
    if one.payload is None:
        return ("unwanted-code", codes[0]) if codes else ("", "")
    if not codes:
        return "no-code", ""
    if len(codes) > 1:
        return "several-codes", ", ".join(codes)
    return ("", "") if codes[0] == one.payload else ("wrong-code", codes[0])


def _find_missing(one: Expected, page: pypdfium2.PdfPage) -> str:
    """Return the first text that the page does not say, empty for none; lines may break it."""
    text_page = page.get_textpage()
    said = _squeeze(text_page.get_text_bounded())
    text_page.close()
    return next((text for text in one.texts if _squeeze(text) not in said), "")


def _squeeze(text: str) -> str:
    return "".join(text.split())


_READERS: dict[str, Any] = {".pdf": _read_pdf, ".svg": _read_svg, ".png": _read_png}
