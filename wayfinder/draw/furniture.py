"""What stands around a map: the floor's label, the legend, north, the scale."""

from html import escape
from math import floor, log10

from wayfinder.draw.paths import number
from wayfinder.draw.scene import Scene
from wayfinder.draw.text import ELLIPSIS, measure_em
from wayfinder.draw.theme import Theme
from wayfinder.draw.view import View
from wayfinder.guide.words import translate

LEGEND_KINDS = (
    *("service", "clinic", "diagnostics", "ward", "emergency", "waiting", "sanitary", "food"),
    *("vertical", "staff", "parking"),
)
_EDGE_PX = 12.0
_ROW_PX = 22.0
_CREDIT_PX = 14.0


def header_height_px(text_scale: float) -> float:
    """Height of the strip with the floor's label."""
    return 44 * text_scale


def write_header(scene: Scene, theme: Theme, width_px: float, text_scale: float) -> str:
    """Write the strip with the floor's label, the floor's name and the venue's."""
    height = header_height_px(text_scale)
    label = _shorten(scene.short_label, 10)
    size = 22 * text_scale
    box = max(measure_em(label) * size + 20, height)
    parts = [
        f'<rect width="{number(width_px)}" height="{number(height)}" fill="{theme.ink["page"]}"/>',
        f'<rect width="{number(box)}" height="{number(height)}" fill="{theme.ink["banner"]}"/>',
        _write_banner(label, box / 2, height / 2, size),
    ]
    x = box + _EDGE_PX
    rows = [texts for texts in dict.fromkeys((scene.title, scene.venue)) if texts]
    for number_, texts in enumerate(rows):
        em = (15 if number_ == 0 else 12) * text_scale
        said = _fit("  ".join(text.text for text in texts), (width_px - x - _EDGE_PX) / em)
        y = height * (0.5 if len(rows) == 1 else 0.34 + 0.44 * number_) + em * 0.36
        kind = 'class="a q"' if number_ else 'class="a" font-weight="600"'
        at = f'x="{number(x)}" y="{number(y)}" font-size="{number(em)}"'
        parts.append(f"<text {kind} {at}>{escape(said)}</text>")
    return "".join(parts)


def _write_banner(label: str, x: float, y: float, size: float) -> str:
    at = f'x="{number(x)}" y="{number(y + size * 0.36)}" font-size="{number(size)}"'
    return f'<text class="u" {at}>{escape(label)}</text>'


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS


def _fit(text: str, width_em: float) -> str:
    """Cut a text to a width."""
    if measure_em(text) <= width_em:
        return text
    while text and measure_em(text + ELLIPSIS) > width_em:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS if text.strip() else ""


def footer_height_px(scene: Scene, width_px: float, text_scale: float, *, legend: bool) -> float:
    """Height of the strip with scale, north and legend."""
    rows = len(_arrange_legend(scene, width_px, text_scale)) if legend else 0
    credit = _CREDIT_PX if scene.credit else 0.0
    return (34 + rows * _ROW_PX + (6 if rows else 0) + credit) * text_scale


def write_footer(scene: Scene, theme: Theme, view: View, *, text_scale: float, legend: bool) -> str:
    """Write the strip with the scale bar on the left, north on the right, the legend below."""
    width_px, top_px = view.frame[2:]
    height = footer_height_px(scene, width_px, text_scale, legend=legend)
    language = scene.languages[0]
    middle = top_px + 17 * text_scale
    rows = _arrange_legend(scene, width_px, text_scale) if legend else []
    return (
        f'<rect y="{number(top_px)}" width="{number(width_px)}" height="{number(height)}"'
        f' fill="{theme.ink["page"]}"/>'
        + _write_scale(theme, language, view, middle, text_scale)
        + _write_north(theme, language, width_px - 24 * text_scale, middle, view.up_deg, text_scale)
        + "".join(
            _write_legend_row(
                theme, row, middle + (17 + (n + 0.5) * _ROW_PX) * text_scale, text_scale
            )
            for n, row in enumerate(rows)
        )
        + _write_credit(scene, width_px, top_px + height - 6 * text_scale, text_scale)
    )


def _write_credit(scene: Scene, width_px: float, baseline_px: float, text_scale: float) -> str:
    if not scene.credit:
        return ""
    size = 10 * text_scale
    said = _fit(scene.credit, (width_px - 2 * _EDGE_PX) / size)
    at = f'x="{number(width_px - _EDGE_PX)}" y="{number(baseline_px)}" font-size="{number(size)}"'
    return f'<text class="b q" {at}>{escape(said)}</text>'


def choose_bar_m(px_per_m: float, longest_px: float) -> float:
    """Choose the round length of 1, 2 or 5 times a power of ten that a scale bar shows."""
    longest = longest_px / px_per_m
    power = 10.0 ** floor(log10(longest))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= longest)


def _write_scale(theme: Theme, language: str, view: View, y: float, text_scale: float) -> str:
    length_m = choose_bar_m(view.px_per_m, min(150.0, view.frame[2] / 3))
    length = length_m * view.px_per_m
    said = translate(language, "draw.metres", length=f"{length_m:g}")
    size = 12 * text_scale
    bar = f"M{number(_EDGE_PX)} {number(y - 4)}v8m0-4h{number(length)}m0-4v8"
    x = _EDGE_PX + length + 8
    return (
        f'<g class="wf-scale"><path class="n" stroke="{theme.ink["text"]}" stroke-width="2"'
        f' d="{bar}"/><text class="a" x="{number(x)}" y="{number(y + size * 0.36)}"'
        f' font-size="{number(size)}">{escape(said)}</text></g>'
    )


def _write_north(
    theme: Theme, language: str, x: float, y: float, up_deg: float, text_scale: float
) -> str:
    said = translate(language, "draw.north")
    size = 12 * text_scale
    k = number(text_scale)
    return (
        f'<g transform="translate({number(x)} {number(y)})">'
        f'<g class="wf-north" transform="rotate({number(-up_deg)})scale({k})">'
        f'<path fill="{theme.ink["text"]}" d="M0-13 6 9 0 5z"/>'
        f'<path fill="{theme.ink["page"]}" stroke="{theme.ink["text"]}" d="M0-13-6 9 0 5z"/></g>'
        f'<text x="{number(-20 * text_scale)}" y="{number(size * 0.36)}"'
        f' font-size="{number(size)}" font-weight="600">{escape(said)}</text></g>'
    )


def _arrange_legend(
    scene: Scene, width_px: float, text_scale: float
) -> list[list[tuple[str, str, float]]]:
    """Arrange the kinds that the scene shows in rows: kind, words, where it begins."""
    size = 12 * text_scale
    rows: list[list[tuple[str, str, float]]] = []
    x = width_px
    for kind in (kind for kind in LEGEND_KINDS if kind in scene.kinds):
        names = dict.fromkeys(translate(tag, f"draw.kind.{kind}") for tag in scene.languages)
        said = " ".join(names)
        width = 24 * text_scale + measure_em(said) * size + 16
        if x + width > width_px - _EDGE_PX:
            rows.append([])
            x = _EDGE_PX
        rows[-1].append((kind, said, x))
        x += width
    return rows


def _write_legend_row(
    theme: Theme, row: list[tuple[str, str, float]], y: float, text_scale: float
) -> str:
    size = 12 * text_scale
    side = 14 * text_scale
    return "".join(
        f'<g transform="translate({number(x)} {number(y - side / 2)})"><g transform="scale(.1)">'
        f'<path class="k-{kind}" stroke="{theme.ink["wall"]}" stroke-width="10"'
        f' d="M0 0h{side * 13:.0f}v{side * 10:.0f}H0z"/></g></g>'
        f'<text class="a" x="{number(x + side * 1.3 + 6)}" y="{number(y + size * 0.36)}"'
        f' font-size="{number(size)}">{escape(said)}</text>'
        for kind, said, x in row
    )
