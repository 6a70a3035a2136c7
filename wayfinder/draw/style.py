"""How drawings are made, whatever they show: options, style sheet, patterns."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayfinder.draw.lettering import SIZES_PX
from wayfinder.draw.paths import UNITS, number
from wayfinder.draw.symbols import KEPT_SIZE
from wayfinder.draw.theme import PAGE, Theme, load_theme, write_variables

FONTS = (
    '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei","Helvetica Neue",Arial,'
    "sans-serif"
)


PAGE_TEXT_SCALES = (1.0, 1.35)
"""Sizes of letters for which pages bring a style sheet: everybody's and the elder look's (ours)."""

_LEGEND_FROM_PX = 600.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a drawing is made, whatever it shows.

    Parameters
    ----------
    theme
        ``light``, ``dark``, ``print`` for black ink alone, or ``page``: the colours are variables
        of the page, and where there is none those that the system prefers.
    text_scale
        Factor on all letters and symbols.
    zooms
        Zoom levels with labels of their own; 1 for paper.
    legend
        Whether the colours are explained; None leaves it to the width.
    furniture
        Whether the floor's label, scale and north stand around the map.
    ids
        Whether every area is a shape of its own with ``data-id``.
    linked
        Whether the page brings the style sheet (`write_page_sheet`); nothing in the drawing then is
        a style that a strict content security policy would refuse.

    Raises
    ------
    ValueError
        There is no such theme, or a number is not positive.
    """

    theme: str = "light"
    text_scale: float = 1.0
    zooms: int = 3
    legend: bool | None = None
    furniture: bool = True
    ids: bool = False
    linked: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        load_theme(self.theme)
        if self.text_scale <= 0 or self.zooms < 1:
            raise ValueError("text_scale and zooms must be positive")

    @property
    def scope(self) -> str:
        """Class of drawings in this style, so that several on one page keep to their own."""
        return f"wf-{self.theme}-{self.text_scale * 100:.0f}"

    def legend_at(self, width_px: float) -> bool:
        """Tell whether a picture of a width has a legend."""
        wide = width_px >= _LEGEND_FROM_PX if self.legend is None else self.legend
        return self.furniture and wide


DEFAULT_STYLE = Style()


def write_style(style: Style, theme: Theme, *, kinds: tuple[str, ...]) -> str:
    """Write the style element, nothing where the page brings the style sheet."""
    if style.linked:
        return ""
    colours = ""
    if style.theme == PAGE:
        light, dark = write_variables("light"), write_variables("dark")
        colours = f"svg{{{light}}}@media(prefers-color-scheme:dark){{svg{{{dark}}}}}"
    return f"<style>{colours}{write_rules(style, theme, kinds=kinds)}</style>"


def write_page_sheet(text_scales: Sequence[float]) -> str:
    """Write the style sheet of a page for drawings in the theme `page`, in several sizes.

    Colours follow ``data-theme`` of the root element, without one the system; paper is light.
    """
    theme = load_theme(PAGE)
    light, dark = write_variables("light"), write_variables("dark")
    rules = (
        write_rules(Style(theme=PAGE, text_scale=scale), theme, kinds=tuple(theme.fills))
        for scale in text_scales
    )
    lines = (
        f":root{{{light}}}",
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}",
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}",
        *rules,
    )
    return "\n".join(lines) + "\n"


def write_rules(style: Style, theme: Theme, *, kinds: tuple[str, ...]) -> str:
    """Write the rules of a style; all but one are below the class `Style.scope`.

    What is set apart by zoom is hidden but for level 0; a page that zooms by a factor sets
    ``data-zoom`` to the level, the class ``zoomed`` and ``--k`` to one over the factor.
    """
    ink = theme.ink
    sizes = [number(size * style.text_scale) for size in SIZES_PX]
    rules = [
        f"{{font-family:{FONTS};font-weight:400;text-rendering:geometricPrecision}}",
        f" text{{fill:{ink['text']};text-anchor:middle}}",
        " .m path{stroke-linejoin:round}",
        " .n{fill:none}",
        *(f" .k-{kind}{{{_fill(theme, kind)}}}" for kind in kinds),
        *(f" .t{index}{{font-size:{size}px}}" for index, size in enumerate(sizes)),
        " .w{font-weight:600}",
        " .e{font-size:.82em;font-weight:400}",
        f" .q{{fill:{ink['text-soft']}}}",
        f" .o{{stroke:{ink['halo']};paint-order:stroke;stroke-width:.24em;stroke-linejoin:round}}",
        " .a{text-anchor:start}",
        " .b{text-anchor:end}",
        f" .p{{fill:{ink['on-route']}}}",
        f" .u{{fill:{ink['on-banner']};font-weight:600}}",
        f" .r{{fill:none;stroke:{ink['route']};stroke-linejoin:round;stroke-linecap:round}}",
        f" .c{{stroke:{ink['route-casing']}}}",
        f" .v{{stroke:{ink['on-route']}}}",
        *(_zoom_rules(sizes, style.zooms) if style.zooms > 1 else ()),
    ]
    kept = f".{KEPT_SIZE}{{transform:scale(var(--k,1))}}"
    return "".join(f".{style.scope}{rule}" for rule in rules) + kept


def _fill(theme: Theme, kind: str) -> str:
    if kind in theme.patterns:
        return f"fill:url(#wf-{theme.name}-{kind})"
    return f"fill:{theme.fills[kind]}"


def _zoom_rules(sizes: list[str], zooms: int) -> list[str]:
    levels = range(1, zooms)
    return [
        *(f" .z{level}{{display:none}}" for level in levels),
        *(
            f'[data-zoom="{seen}"] .z{z}{{display:inline}}'
            for seen in levels
            for z in range(1, seen + 1)
        ),
        *(f".zoomed .t{i}{{font-size:calc({size}px*var(--k))}}" for i, size in enumerate(sizes)),
        ".zoomed .s{transform:scale(var(--k))}",
    ]


def write_patterns(theme: Theme, kinds: tuple[str, ...]) -> str:
    """Write the patterns of the kinds that have one; what tells them apart without colour."""
    return "".join(
        _write_pattern(theme, kind, theme.patterns[kind])
        for kind in kinds
        if kind in theme.patterns
    )


def _write_pattern(theme: Theme, kind: str, pattern: str) -> str:
    side, lines = _TILES[pattern]
    width = UNITS * 0.9
    return (
        f'<pattern id="wf-{theme.name}-{kind}" width="{side}" height="{side}"'
        f' patternUnits="userSpaceOnUse">'
        f'<path fill="{theme.fills[kind]}" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="none" stroke="{theme.ink["pattern"]}" stroke-width="{number(width)}"'
        f' stroke-linecap="round" d="{lines}"/></pattern>'
    )


_TILES = {
    "hatch": (70, "M-10 10 10-10M0 70 70 0M60 80 80 60"),
    "dots": (80, "M20 20h.1M60 60h.1"),
    "cross": (90, "M0 0 90 90M90 0 0 90"),
}
