"""OSM XML, good and hostile."""

import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.formats import UnreadableError
from wayfinder.formats.osm.elements import OsmData
from wayfinder.formats.osm.xml import read_xml

_GOOD = b"""<?xml version='1.0' encoding='UTF-8'?>
<osm version='0.6'><bounds minlat='1'/>
 <node id='-1' lon='13.7' lat='51.0'><tag k='door' v='no'/></node>
 <node id='2' lon='13.8' lat='51.1' visible='true'/>
 <node id='3' lon='0' lat='0' action='delete'/>
 <way id='5'><nd ref='-1'/><nd ref='2'/><tag k='name' v='&lt;A&gt; &#x533B;'/></way>
 <relation id='7'><member type='way' ref='5' role='outer'/><tag k='type' v='x'/></relation>
</osm>"""


def _read(content: bytes) -> OsmData:
    data = OsmData("plan.osm")
    read_xml(BytesIO(content), data)
    return data


def _refusal(content: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        _read(content)
    return caught.value


def test_elements_are_read() -> None:
    data = _read(_GOOD)
    assert (data.nodes[-1].lon, data.nodes[-1].lat) == (13.7, 51.0)
    assert data.nodes[-1].tags == {"door": "no"}
    assert data.ways[5].nodes == (-1, 2)
    assert data.ways[5].tags == {"name": "<A> 医"}
    assert data.relations[7].members[0].role == "outer"
    assert 3 not in data.nodes
    assert [element.ref for element in data] == ["node/-1", "node/2", "way/5", "relation/7"]


def test_an_entity_bomb_is_refused_before_it_grows() -> None:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    bomb = f"<!DOCTYPE osm [{''.join(lines)}]><osm><tag k='&a11;' v=''/></osm>"
    started = time.monotonic()
    assert _refusal(bomb.encode()).code == "osm-entities"
    assert time.monotonic() - started < 5


def test_external_entities_are_refused() -> None:
    text = (
        b"<!DOCTYPE osm [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><osm><tag k='a' v='&x;'/></osm>"
    )
    error = _refusal(text)
    assert error.code == "osm-entities"
    assert "line 1" in error.place


def test_a_document_type_alone_is_refused() -> None:
    assert _refusal(b"<!DOCTYPE osm SYSTEM 'http://x/y.dtd'><osm/>").code == "osm-entities"


def test_a_token_without_end_is_refused() -> None:
    text = b"<osm><tag k='name' v='" + b"a" * (3 << 20)
    assert _refusal(text).code == "osm-token-too-long"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"<html><body/></html>", "osm-not-osm"),
        (b"<osm><node id='1'", "osm-not-xml"),
        (b"<osm><node></osm>", "osm-not-xml"),
        (b"<osm>\xff</osm>", "osm-not-xml"),
        (b"<osm><node id='1' lon='nan' lat='0'/></osm>", "osm-bad-coordinate"),
        (b"<osm><node id='1' lon='1e309' lat='0'/></osm>", "osm-bad-coordinate"),
        (b"<osm><node id='1' lon='0' lat='91'/></osm>", "osm-bad-coordinate"),
        (b"<osm><node id='1'/></osm>", "osm-bad-coordinate"),
        (b"<osm><way id='x'/></osm>", "osm-bad-number"),
        (b"<osm><way id='1'><nd ref=''/></way></osm>", "osm-bad-number"),
        (b"<osm>" + b"<a>" * 40, "osm-too-deep"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: bytes, code: str) -> None:
    error = _refusal(text)
    assert error.code == code
    assert error.place.startswith("plan.osm: line 1, column")


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wayfinder.formats.osm.elements.MAX_ELEMENTS", 3)
    assert _refusal(_GOOD).code == "osm-too-many-elements"


@given(st.binary(max_size=200), st.integers(0, len(_GOOD)), st.integers(0, 40))
def test_damage_is_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    try:
        data = _read(_GOOD[:at] + noise + _GOOD[at + cut :])
    except UnreadableError:
        return
    assert len(data) <= 5
