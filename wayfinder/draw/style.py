"""The style sheet and the patterns that come with every drawing."""

from wayfinder.draw.lettering import SIZES_PX
from wayfinder.draw.paths import UNITS, number
from wayfinder.draw.theme import Theme

FONTS = (
    '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei","Helvetica Neue",Arial,'
    "sans-serif"
)


def write_style(theme: Theme, *, kinds: tuple[str, ...], text_scale: float, zooms: int) -> str:
    """Write the style sheet; every rule is below the class ``wf``.

    What is set apart by zoom is hidden but for level 0; a page that zooms by a factor sets
    ``data-zoom`` to the level, the class ``zoomed`` and ``--k`` to one over the factor.
    """
    ink = theme.ink
    rules = [
        f".wf{{font-family:{FONTS};font-weight:400;text-rendering:geometricPrecision}}",
        f".wf text{{fill:{ink['text']};text-anchor:middle}}",
        ".wf .m path{stroke-linejoin:round}.wf .n{fill:none}",
        *(f".wf .k-{kind}{{{_fill(theme, kind)}}}" for kind in kinds),
        *(
            f".wf .t{index}{{font-size:{number(size * text_scale)}px}}"
            for index, size in enumerate(SIZES_PX)
        ),
        ".wf .t0,.wf .t1,.wf .w{font-weight:600}.wf .e{font-size:.82em;font-weight:400}",
        f".wf .q{{fill:{ink['text-soft']}}}",
        ".wf .o{paint-order:stroke;stroke-width:.24em;stroke-linejoin:round}",
        f".wf .o{{stroke:{ink['halo']}}}",
        f".wf .r{{fill:none;stroke:{ink['route']};stroke-linejoin:round;stroke-linecap:round}}",
        *_zoom_rules(text_scale, zooms),
    ]
    return f"<style>{''.join(rules)}</style>"


def _fill(theme: Theme, kind: str) -> str:
    if kind in theme.patterns:
        return f"fill:url(#wf-{theme.name}-{kind})"
    return f"fill:{theme.fills[kind]}"


def _zoom_rules(text_scale: float, zooms: int) -> list[str]:
    if zooms < 2:
        return []
    hidden = ",".join(f".wf .z{level}" for level in range(1, zooms))
    shown = ",".join(
        f'.wf[data-zoom="{seen}"] .z{level}'
        for seen in range(1, zooms)
        for level in range(1, seen + 1)
    )
    sizes = (
        f".wf.zoomed .t{index}{{font-size:calc({number(size * text_scale)}px*var(--k))}}"
        for index, size in enumerate(SIZES_PX)
    )
    return [
        f"{hidden}{{display:none}}{shown}{{display:inline}}",
        *sizes,
        ".wf.zoomed .s{transform:scale(var(--k))}",
        ".wf.zoomed use.s{transform-box:fill-box;transform-origin:center}",
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
