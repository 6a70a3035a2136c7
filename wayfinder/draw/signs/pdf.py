"""Signs as PDF: vectors, embedded letters that can be selected, what signs share written once."""

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from math import ceil, cos, floor, radians, sin

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from wayfinder.draw.signs.display import Fill, Glyphs, Part, SignDrawing, Stroke, Use
from wayfinder.draw.signs.fonts import BOLD, REGULAR, load_font
from wayfinder.draw.signs.outlines import POINTS_OF, Outline, rectangle

# streams as they are: written as letters they are a quarter larger and take most of the time
rl_config.useA85 = 0

_POINTS_PER_MM = 72 / 25.4
_OPERATORS = {"M": "m", "L": "l", "C": "c"}
_EVEN_ODD = 0


def write_pdf(drawings: Iterable[SignDrawing], *, title: str = "") -> bytes:
    """Write signs as one document, a page each, plates after the sign they belong to.

    Parameters
    ----------
    drawings
        One after the other; they are not kept, so that a generator of thousands is as good.
    title
        What the document is called; else what its first sign is.

    Raises
    ------
    ValueError
        There is no drawing at all.
    """
    for weight in (REGULAR, BOLD):
        if _font_name(weight) not in pdfmetrics.getRegisteredFontNames():
            font = load_font(weight)
            pdfmetrics.registerFont(TTFont(_font_name(weight), str(font.path)))
    writer = _Writer()
    for drawing in drawings:
        for page in drawing.pages:
            writer.add_page(page, title)
    return writer.finish()


def _font_name(weight: str) -> str:
    return f"NotoSansSC-{weight}"


class _Writer:
    """Writes pages and remembers which parts the document has."""

    def __init__(self) -> None:
        self._file = BytesIO()
        # without the hour in it the same signs are the same bytes
        self._canvas = Canvas(self._file, pageCompression=1, invariant=1)
        self._canvas.setCreator("Wayfinder")
        self._parts: dict[str, str] = {}
        self._pages = 0

    def add_page(self, page: SignDrawing, title: str) -> None:
        canvas = self._canvas
        if not self._pages:
            canvas.setTitle(title or page.title)
            canvas.setAuthor("")
        for item in page.items:
            if isinstance(item, Use):
                self._define(item.part)
        canvas.setPageSize((page.width_mm * _POINTS_PER_MM, page.height_mm * _POINTS_PER_MM))
        k = _POINTS_PER_MM
        canvas.transform(k, 0, 0, -k, 0, page.height_mm * k)
        for item in page.items:
            self._draw(item)
        canvas.bookmarkPage(f"p{self._pages}")
        canvas.addOutlineEntry(page.title, f"p{self._pages}")
        canvas.showPage()
        self._pages += 1

    def finish(self) -> bytes:
        if not self._pages:
            raise ValueError("no sign to write")
        self._canvas.save()
        return self._file.getvalue()

    def _define(self, part: Part) -> None:
        """Write a part where the document does not have it yet."""
        if part.key in self._parts:
            return
        name = self._parts[part.key] = f"part{len(self._parts)}"
        left, top = (floor(value) for value in part.bounds[:2])
        right, bottom = (ceil(value) for value in part.bounds[2:])
        self._canvas.beginForm(name, left, top, right, bottom)
        for item in part.items:
            self._draw(item)
        self._canvas.endForm()

    def _draw(self, item: Fill | Stroke | Glyphs | Use) -> None:
        if isinstance(item, Fill):
            self._fill(item)
        elif isinstance(item, Stroke):
            self._stroke(item)
        elif isinstance(item, Glyphs):
            self._write(item)
        else:
            self._use(item)

    def _fill(self, item: Fill) -> None:
        canvas = self._canvas
        canvas.setFillColor(_colour(item.colour), alpha=item.opacity)
        canvas.drawPath(_make_path(item.outline), stroke=0, fill=1, fillMode=_EVEN_ODD)

    def _stroke(self, item: Stroke) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(_colour(item.colour), alpha=item.opacity)
        canvas.setLineWidth(item.width)
        canvas.setLineCap(1 if item.round_ends else 0)
        canvas.setLineJoin(1)
        canvas.drawPath(_make_path(item.outline), stroke=1, fill=0)

    def _write(self, item: Glyphs) -> None:
        canvas = self._canvas
        canvas.setFillColor(_colour(item.colour), alpha=item.opacity)
        text = canvas.beginText()
        t = radians(item.angle)
        text.setTextTransform(cos(t), sin(t), sin(t), -cos(t), item.x, item.y)
        text.setFont(_font_name(item.weight), item.size)
        text.textOut(item.text)
        canvas.drawText(text)

    def _use(self, item: Use) -> None:
        canvas = self._canvas
        canvas.saveState()
        if item.clip is not None:
            left, top, right, bottom = item.clip
            frame = _make_path(rectangle(left, top, right - left, bottom - top))
            canvas.clipPath(frame, stroke=0, fill=0)
        canvas.transform(*item.matrix)
        canvas.doForm(self._parts[item.part.key])
        canvas.restoreState()


@cache
def _colour(code: str) -> Color:
    return HexColor(code)


def _make_path(outline: Outline) -> PDFPathObject:
    return PDFPathObject(code=list(_write_path(outline)))


def _write_path(outline: Outline) -> Iterator[str]:
    """Write an outline in the operators of PDF."""
    numbers = [f"{x:.3f} {y:.3f}" for x, y in outline.points.tolist()]
    at = 0
    for command in outline.commands:
        count = POINTS_OF[command]
        if count:
            yield f"{' '.join(numbers[at : at + count])} {_OPERATORS[command]}"
        else:
            yield "h"
        at += count
