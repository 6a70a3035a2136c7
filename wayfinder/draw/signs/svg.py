"""Signs as SVG: letters as outlines, so that it looks the same wherever it is opened."""

from collections.abc import Iterator
from html import escape

from wayfinder.draw.signs.display import Fill, Glyphs, SignDrawing, Stroke, Use
from wayfinder.draw.signs.fonts import load_font
from wayfinder.draw.signs.outlines import POINTS_OF, Box, Matrix, Outline
from wayfinder.draw.text import attribute


def write_svg(drawing: SignDrawing) -> str:
    """Write one page of a sign as a document; its plate is another one.

    What it says is in its title and its description, for those who search or listen.
    """
    writer = ItemWriter()
    body = "".join(writer.draw(item) for item in drawing.items)
    width, height = _number(drawing.width_mm), _number(drawing.height_mm)
    said = " ".join(item.text for item in drawing.items if isinstance(item, Glyphs))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm"'
        f' viewBox="0 0 {width} {height}" lang="{attribute(drawing.language)}" role="img"'
        f' aria-labelledby="title desc"><title id="title">{escape(drawing.title)}</title>'
        f'<desc id="desc">{escape(said)}</desc>'
        f"<defs>{''.join(writer.definitions.values())}</defs>{body}</svg>\n"
    )


class ItemWriter:
    """Writes items; gathers letters and frames that are defined once.

    What it has gathered is in `definitions`, by id.
    """

    def __init__(self) -> None:
        self.definitions: dict[str, str] = {}

    def draw(self, item: Fill | Stroke | Glyphs | Use) -> str:
        """Write an item."""
        if isinstance(item, Fill):
            return _fill(item)
        if isinstance(item, Stroke):
            return _stroke(item)
        if isinstance(item, Glyphs):
            return self._write(item)
        return self._use(item)

    def _write(self, item: Glyphs) -> str:
        """Place the outlines of letters, defined in thousandths of an em."""
        font = load_font(item.weight)
        scale = f"scale({item.size / 1000:.6g})"
        turn = f"rotate({_number(item.angle)})" if item.angle else ""
        letters: list[str] = []
        for character, x in font.place_letters(item.text):
            key = f"{item.weight[0]}{ord(character):x}"
            if key not in self.definitions:
                data = _path_data(font.outline(character).scaled(1000, 1000), digits=0)
                self.definitions[key] = f'<path id="{key}" d="{data}"/>' if data else ""
            if self.definitions[key]:
                at = f' x="{_number(1000 * x)}"' if x else ""
                letters.append(f'<use href="#{key}"{at}/>')
        shown = f' opacity="{_number(item.opacity)}"' if item.opacity < 1 else ""
        place = f"translate({_number(item.x)} {_number(item.y)}){turn}{scale}"
        return f'<g fill="{item.colour}"{shown} transform="{place}">{"".join(letters)}</g>'

    def _use(self, item: Use) -> str:
        parts = "".join(
            self.draw(one) for one in item.part.items if may_show(one, item.matrix, item.clip)
        )
        place = " ".join(f"{value:.6g}" for value in item.matrix)
        inner = f'<g transform="matrix({place})">{parts}</g>'
        if item.clip is None:
            return inner
        left, top, right, bottom = item.clip
        key = "c" + "_".join(_number(value).replace(".", "-") for value in item.clip)
        box = f'x="{_number(left)}" y="{_number(top)}"'
        size = f'width="{_number(right - left)}" height="{_number(bottom - top)}"'
        self.definitions[key] = f'<clipPath id="{key}"><rect {box} {size}/></clipPath>'
        return f'<g clip-path="url(#{key})">{inner}</g>'


def may_show(item: Fill | Stroke, matrix: Matrix, clip: Box | None) -> bool:
    """Tell whether any of an item of a part may lie within the frame that it is shown in."""
    if clip is None:
        return True
    left, top, right, bottom = item.outline.bounds
    corners = [(x, y) for x in (left, right) for y in (top, bottom)]
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs) <= clip[2] and max(xs) >= clip[0] and min(ys) <= clip[3] and max(ys) >= clip[1]


def _fill(item: Fill) -> str:
    opacity = f' fill-opacity="{_number(item.opacity)}"' if item.opacity < 1 else ""
    data = _path_data(item.outline)
    return f'<path fill="{item.colour}"{opacity} fill-rule="evenodd" d="{data}"/>' if data else ""


def _stroke(item: Stroke) -> str:
    data = _path_data(item.outline)
    if not data:
        return ""
    opacity = f' stroke-opacity="{_number(item.opacity)}"' if item.opacity < 1 else ""
    ends = ' stroke-linecap="round"' if item.round_ends else ""
    return (
        f'<path fill="none" stroke="{item.colour}" stroke-width="{_number(item.width)}"{opacity}'
        f'{ends} stroke-linejoin="round" d="{data}"/>'
    )


def _path_data(outline: Outline, digits: int = 3) -> str:
    return "".join(_write_path(outline, digits))


def _write_path(outline: Outline, digits: int) -> Iterator[str]:
    points = outline.points.round(digits).tolist()
    at = 0
    for command in outline.commands:
        count = POINTS_OF[command]
        yield command + " ".join(f"{x:g} {y:g}" for x, y in points[at : at + count])
        at += count


def _number(value: float) -> str:
    return f"{round(value, 3):g}"
