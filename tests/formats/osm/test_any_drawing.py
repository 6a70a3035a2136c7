"""Any drawing at all is read and built, whatever it is tagged with."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.osm.drawing import FRAME, Drawing, by_code
from wayfinder.formats.osm.elements import OsmData
from wayfinder.formats.osm.reader import make_plan
from wayfinder.formats.osm.xml import read_xml
from wayfinder.graph import build_network
from wayfinder.guide.words import say_fix, say_issue

_KEYS = {
    "indoor": ["room", "area", "corridor", "yes", "wall", "door", "level", "pathway", "no", "x"],
    "level": ["0", "1", "0-1", "0;1", "-1-2", "0.5", "0,5", "EG", "", "0-0.5"],
    "repeat_on": ["1", "1-2", "0.5", "?"],
    "door": ["yes", "no", "hinged"],
    "entrance": ["main", "emergency", "exit", "yes"],
    "highway": ["footway", "steps", "elevator", "corridor", "service"],
    "stairs": ["yes"],
    "conveying": ["forward", "backward", "yes"],
    "incline": ["up", "down", "5%", "?"],
    "area": ["yes"],
    "building": ["yes"],
    "amenity": ["toilets", "hospital", "atm", "cafe"],
    "shop": ["kiosk", "vacant"],
    "barrier": ["gate"],
    "access": ["private", "yes"],
    "width": ["1", "90 cm", "?"],
    "non_existent_levels": ["1"],
    "name": ["A", "\u202eB", "x" * 300],
}
_TAGS = st.dictionaries(st.sampled_from(sorted(_KEYS)), st.integers(0, 9), max_size=6).map(
    lambda chosen: {key: _KEYS[key][n % len(_KEYS[key])] for key, n in chosen.items()}
)
_PLACES = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (p[0] * 2.0, p[1] * 2.0))


@st.composite
def _drawings(draw: st.DrawFn) -> Drawing:
    drawing = Drawing()
    drawing.box(0, 0, 4, 4, indoor="room", level="0")
    for place in draw(st.lists(_PLACES, max_size=6)):
        drawing.node(*place, draw(_TAGS))
    for points in draw(st.lists(st.lists(_PLACES, min_size=2, max_size=6), max_size=8)):
        closed = draw(st.booleans())
        (drawing.area if closed else drawing.line)(points, draw(_TAGS))
    refs = [f"way/{n}" for n in range(1, len(drawing.ways) + 3)]
    for members in draw(st.lists(st.lists(st.sampled_from(refs), max_size=4), max_size=2)):
        tags = {**draw(_TAGS), "type": "multipolygon"}
        drawing.relation([(ref, "outer") for ref in members], **tags)
    return drawing


@given(_drawings())
def test_any_drawing_is_read_and_built(drawing: Drawing) -> None:
    data = OsmData("drawing.osm")
    read_xml(BytesIO(drawing.xml().encode()), data)
    result = make_plan(data)
    plan = result.plan
    for feature in plan:
        if feature.level_id is not None:
            assert feature.level_id in plan
        assert feature.shape is None or not feature.shape.is_empty
    for issue in result.issues:
        assert say_issue(issue, "en")
        assert issue.fix is None or say_fix(issue.fix, "zh-Hans")
    json.dumps([dict(feature.properties) for feature in plan], allow_nan=False)
    assert plan.frame.lon == pytest.approx(FRAME.lon, abs=0.01)
    assert by_code(plan)
    build_network(plan)
