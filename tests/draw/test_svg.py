"""The document: well formed, the same every time, harmless, small, readable by machines."""

import gzip
import re
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box

from tests.draw.samples import (
    SVG,
    clinic,
    feature,
    find_way,
    level,
    many_rooms,
    parse,
    plan_of,
    room,
    texts_of,
)
from wayfinder.draw.overlay import Here
from wayfinder.draw.route import make_route
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.draw.style import Style, write_page_sheet
from wayfinder.draw.svg import draw_level
from wayfinder.draw.symbols import load_symbol
from wayfinder.draw.theme import load_theme
from wayfinder.model import Plan
from wayfinder.resources import static_dir

HOSTILE = (
    *('"><img src=x onerror=alert(1)>', "</script><script>alert(1)</script>", "</text></svg>"),
    *("\u202egnp.exe", "a\x00b", "\ud800", "&amp;&#x0;", "]]>", "<!--", "x" * 1_000_000),
)


@cache
def scene_of(index: int = 0, language: str = "en", second: str | None = None) -> Scene:
    plan = clinic()
    return make_scene(plan, plan.levels[index].id, language=language, second_language=second)


def test_it_is_well_formed_and_says_what_it_shows() -> None:
    root = parse(draw_level(scene_of()).svg)
    titles = [root.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert titles[0] is not None
    assert titles[0].text == "Floor 1F, Qinghe Clinic"
    assert titles[1] is not None
    assert "Pharmacy" in (titles[1].text or "")
    labelled = (root.get("aria-labelledby") or "").split()
    assert labelled == [node.get("id") for node in titles if node is not None]
    assert root.get("role") == "img"
    assert root.get("lang") == "en"


def test_names_are_text_in_both_languages() -> None:
    said = texts_of(draw_level(scene_of(language="zh-Hans", second="en")).svg)
    assert any("药房" in text and "Pharmacy" in text for text in said)
    assert "1F" in said
    assert "北" in said


def test_the_same_scene_gives_the_same_document() -> None:
    assert draw_level(scene_of()).svg == draw_level(scene_of.__wrapped__()).svg


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_text_and_nothing_else(name: str) -> None:
    plan = plan_of(
        level(name + "-level", name={"en": name}),
        room("r", box(0, 0, 60, 40), {"en": name}, level_id=name + "-level"),
        feature("amenity", name, box(1, 1, 2, 2), category=name, level_id=name + "-level"),
    )
    scene = make_scene(plan, name + "-level", language="en")
    svg = draw_level(scene, width_px=1500, style=Style(ids=True)).svg
    clean = draw_level(scene_of(), width_px=1500).svg
    known = {node.tag for node in parse(clean).iter()}
    root = parse(svg.encode("utf-8"))
    assert {node.tag for node in root.iter()} <= known
    attributes = {key for node in root.iter() for key in node.attrib}
    assert not {key for key in attributes if key.startswith("on")}
    assert len(svg) < 20_000
    assert not set("\u202a\u202b\u202c\u202d\u202e\x00") & set(svg)


def test_nothing_is_fetched_from_elsewhere() -> None:
    plan = clinic()
    route = make_route(plan, find_way("Main Entrance", "Paediatrics"), language="en")
    svg = draw_level(scene_of(), route=route).svg
    addresses = set(re.findall(r'(?:href|src|url\()[="\s]*([^")\s]+)', svg))
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert set(re.findall(r"https?://[^\"' ]+", svg)) == {"http://www.w3.org/2000/svg"}
    assert "<script" not in svg
    assert "@import" not in svg


def test_every_reference_has_its_target() -> None:
    svg = draw_level(scene_of()).svg
    ids = set(re.findall(r' id="([^"]+)"', svg))
    assert set(re.findall(r"#(wf-[\w.-]+)", svg)) <= ids
    assert len(re.findall(r' id="', svg)) == len(ids)


def test_a_large_floor_in_two_languages_stays_small() -> None:
    scene = make_scene(many_rooms(), "F1", language="zh-Hans", second_language="en")
    for width, zooms in ((1000.0, 3), (360.0, 5)):
        svg = draw_level(scene, width_px=width, style=Style(zooms=zooms)).svg
        assert len(texts_of(svg)) > 300
        assert len(gzip.compress(svg.encode("utf-8"))) < 18_000


def test_sizes_are_kept() -> None:
    drawing = draw_level(scene_of(), width_px=360, height_px=640)
    root = parse(drawing.svg)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
        *("360", "640"),
        "0 0 360 640",
    )
    bare = draw_level(scene_of(), width_px=360, style=Style(furniture=False))
    assert bare.view.frame[1] == 0
    assert "Qinghe" not in "".join(texts_of(bare.svg))


def test_names_keep_off_a_mark_that_a_page_lays_over_the_picture() -> None:
    plan = plan_of(level(), room("r", box(0, 0, 60, 40), {"en": "Hall"}))
    scene = make_scene(plan, "F1", language="en")
    for marked in ([], [Point(30, 20)]):
        drawing = draw_level(scene, marked=marked)
        (label,) = drawing.labels
        spot = Point(drawing.view.point((30, 20)))
        assert label.box(0).polygon.intersects(spot) is not bool(marked)


def test_the_map_lies_within_its_frame() -> None:
    for up in (None, 0.0, 45.0, 171.0):
        drawing = draw_level(scene_of(), width_px=700, heads_up_deg=up)
        left, top, right, bottom = drawing.view.shape(scene_of().floor).bounds
        frame = drawing.view.frame
        assert frame[0] <= left < right <= frame[2]
        assert frame[1] <= top < bottom <= frame[3]
        assert drawing.view.up_deg == (scene_of().axis_deg if up is None else up)


def test_north_turns_with_the_map() -> None:
    assert "rotate(-90)" in draw_level(scene_of(), heads_up_deg=90).svg
    assert "rotate(-90)" not in draw_level(scene_of(), heads_up_deg=0).svg


def test_labels_of_a_zoom_level_are_a_group_that_is_hidden_at_first() -> None:
    svg = draw_level(scene_of(), width_px=360, style=Style(zooms=3)).svg
    assert 'data-min-zoom="1"' in svg
    assert ".z1{display:none}" in svg
    assert "data-min-zoom" not in draw_level(scene_of(), width_px=360, style=Style(zooms=1)).svg


def test_areas_can_be_told_apart_by_id() -> None:
    svg = draw_level(scene_of(), style=Style(ids=True)).svg
    found = set(re.findall(r'data-id="([^"]+)"', svg))
    assert found == {area.feature for area in scene_of().areas}


def test_the_legend_explains_what_is_shown_and_only_that() -> None:
    wide, narrow = (draw_level(scene_of(), width_px=width).svg for width in (1200, 360))
    assert "Toilets" in texts_of(wide)
    assert "Ward" not in texts_of(wide)
    assert "Toilets" not in texts_of(narrow)
    assert "Toilets" in texts_of(draw_level(scene_of(), width_px=360, style=Style(legend=True)).svg)


def test_the_print_theme_has_no_colour() -> None:
    plan = clinic()
    route = make_route(plan, find_way("Main Entrance", "Paediatrics"), language="en")
    here = Here(route.ends[0].point, 20)
    svg = draw_level(scene_of(), route=route, you_are_here=here, style=Style(theme="print")).svg
    colours = set(re.findall(r"#([0-9a-f]{6})\b", svg))
    assert colours
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_styles_on_one_page_keep_to_themselves() -> None:
    scopes = {
        re.findall(r"<style>\.([\w-]+)", draw_level(scene_of(), style=style).svg)[0]
        for style in (Style(), Style(theme="print"), Style(text_scale=1.3))
    }
    assert len(scopes) == 3
    *rules, kept, _ = re.findall(r"<style>(.*?)</style>", draw_level(scene_of()).svg)[0].split("}")
    assert all(rule.startswith(".wf-light-100") for rule in rules)
    assert kept == ".wf-y{transform:scale(var(--k,1))"


def test_a_page_with_a_strict_policy_may_show_it() -> None:
    route = make_route(clinic(), find_way("Main Entrance", "Paediatrics"), language="en")
    style = Style(theme="page", linked=True)
    svg = draw_level(scene_of(), route=route, you_are_here=Here((2.0, 3.0), 20), style=style).svg
    assert "style" not in svg
    assert not re.findall(r"#[0-9a-f]{6}", svg)
    sheet = write_page_sheet([1.0])
    for used in {
        name for classes in re.findall(r'class="([^"]+)"', svg) for name in classes.split()
    }:
        marks = {"wf", "wf-map", "wf-north", "wf-scale", "m", "s"}
        assert used in marks or f".{used}" in sheet, used
    assert set(re.findall(r"var\((--wf-[\w-]+)\)", svg + sheet)) <= set(
        re.findall(r"(--wf-[\w-]+):", sheet)
    )


def test_a_picture_by_itself_follows_the_system_s_colours() -> None:
    svg = draw_level(scene_of(), style=Style(theme="page")).svg
    light, dark = (load_theme(name).ink["wall"] for name in ("light", "dark"))
    assert f"--wf-wall:{light}" in svg.split("@media(prefers-color-scheme:dark)")[0]
    assert f"--wf-wall:{dark}" in svg.split("@media(prefers-color-scheme:dark)")[1]


@pytest.mark.parametrize(
    ("size", "match"),
    [
        ({"width_px": 0}, "positive"),
        ({"height_px": -3}, "positive"),
    ],
)
def test_impossible_sizes_are_refused(size: dict[str, float], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        draw_level(scene_of(), **size)  # type: ignore[arg-type]


def test_impossible_styles_are_refused() -> None:
    with pytest.raises(ValueError, match="no theme"):
        Style(theme="neon")
    with pytest.raises(ValueError, match="positive"):
        Style(zooms=0)


def test_an_empty_level_is_a_picture_too() -> None:
    scene = make_scene(plan_of(level()), "F1", language="zh-Hans")
    parse(draw_level(scene).svg)


def test_symbols_are_one_path_on_a_square() -> None:
    for path in (static_dir() / "symbols").glob("*.svg"):
        side, data = load_symbol(path.stem)
        assert side > 0
        assert data
    with pytest.raises(FileNotFoundError):
        load_symbol("unicorn")


def test_stairs_have_treads_and_lifts_a_symbol() -> None:
    svg = draw_level(scene_of(), width_px=1200).svg
    assert f'stroke="{load_theme("light").ink["tread"]}"' in svg
    assert "-lift-vertical" in svg
    assert "-stairs-vertical" in svg


def test_whose_data_it_is_stands_below_the_map() -> None:
    assert scene_of().credit == ""
    plan = plan_of(level(), room("r", box(0, 0, 9, 9)))
    manifest = {"attribution": "© The Surveyors"}
    owned = Plan.of(plan, manifest=manifest)
    svg = draw_level(make_scene(owned, "F1", language="en"), width_px=360).svg
    assert "© The Surveyors" in texts_of(svg)


POINTS = st.tuples(st.integers(-20, 20), st.integers(-20, 20))


@given(
    st.lists(st.lists(POINTS, min_size=3, max_size=7), max_size=6),
    st.lists(st.lists(POINTS, min_size=1, max_size=3), max_size=4),
    st.sampled_from(["walkway", "room", "stairs", "elevator", "opentobelow", "steps", "road"]),
)
@example(
    [
        [(0, 0), (4, -12), (-9, 5)],
        [(0, -4), (-11, 12), (-16, 9), (-3, -8), (-16, 0), (-10, 2), (-16, 9)],
    ],
    [],
    "walkway",
)
def test_however_badly_it_is_drawn_there_is_a_picture(
    rings: list[list[tuple[int, int]]], lines: list[list[tuple[int, int]]], category: str
) -> None:
    rooms = [
        room(f"r{i}", Polygon(ring), {"en": f"Room {i}"}, category=category if i % 2 else "room")
        for i, ring in enumerate(rings)
    ]
    doors = [
        feature("opening", f"d{i}", shape, category="pedestrian", level_id="F1")
        for i, line in enumerate(lines)
        for shape in [LineString(line) if len(line) > 1 else Point(line[0])]
    ]
    scene = make_scene(plan_of(level(), *rooms, *doors), "F1", language="en")
    root = parse(draw_level(scene, width_px=500).svg)
    assert root.get("width") == "500"
    assert "nan" not in "".join(node.get("d", "") for node in root.iter())


def test_a_page_can_tell_where_metres_are_in_the_drawing() -> None:
    drawing = draw_level(scene_of(), width_px=400, heads_up_deg=70)
    shown = parse(drawing.svg).find(f"{SVG}svg")
    assert shown is not None
    a, b, c, d, e, f = map(float, (shown.get("data-metres") or "").split())
    for x, y in ((0.0, 0.0), (12.5, -3.0), (-40.0, 80.0)):
        told = (a * x + c * y + e, b * x + d * y + f)
        assert told == pytest.approx(drawing.view.point((x, y)), abs=0.02)
