"""What was written comes back: a plan, its files, the bytes that they are told apart by."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.strategies import plans
from wayfinder.formats import read_plan
from wayfinder.model import Plan, decode_plan, encode_plan, hash_plan
from wayfinder.resources import floorplans_dir

LEFTOVERS = st.dictionaries(
    st.sampled_from(["notes.txt", "unit.geojson"]),
    st.binary(max_size=5)
    | st.recursive(
        st.fixed_dictionaries({"base64": st.sampled_from(["AA==", 1, "?"])}),
        lambda inner: st.fixed_dictionaries({"members": inner}),
    ),
)


@given(plans())
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    data = encode_plan(plan)
    again = decode_plan(data)
    assert again == plan
    assert [type(feature) for feature in again] == [type(plan[feature.id]) for feature in again]
    assert encode_plan(again) == data
    assert hash_plan(again) == hash_plan(plan)


@given(LEFTOVERS, LEFTOVERS)
def test_files_are_told_apart_from_members_that_look_like_them(
    one: dict[str, object], other: dict[str, object]
) -> None:
    plan, second = (Plan.of([], leftovers=leftovers) for leftovers in (one, other))
    assert decode_plan(encode_plan(plan)).leftovers == one
    assert (hash_plan(plan) == hash_plan(second)) == (one == other)


def test_the_sample_clinic_comes_back() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    again = decode_plan(encode_plan(plan))
    assert again == plan
    assert again.frame == plan.frame
    assert list(again.features) == sorted(plan.features)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b'{"features":[]}',
        b'{"features":[{"id":"a"}],"manifest":{},"leftovers":{}}',
        b'{"features":[],"manifest":{},"leftovers":{"a":{"base64":"?"}}}',
        b'{"features":[],"manifest":{"a":NaN},"leftovers":{}}',
        json.dumps(
            {
                "features": 2
                * [
                    {
                        "id": "a",
                        "feature_type": "unit",
                        "geometry": None,
                        "properties": {},
                        "members": {},
                    }
                ],
                "manifest": {},
                "leftovers": {},
            }
        ).encode(),
    ],
)
def test_what_is_no_plan_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a plan"):
        decode_plan(data)


def test_what_features_have_in_common_is_there_once() -> None:
    plan = decode_plan(encode_plan(read_plan(floorplans_dir() / "clinic").plan))
    doors = [one for one in plan if one.properties.get("door") and one.codes == {}]
    kinds = {repr(one.properties["door"]): one.properties["door"] for one in doors}
    assert len(doors) > len(kinds)
    assert all(one.properties["door"] is kinds[repr(one.properties["door"])] for one in doors)
    levels = {id(one.level_id) for one in plan if one.level_id}
    assert len(levels) == len(plan.levels)


def test_numbers_that_are_equal_and_differ_stay_different() -> None:
    document = {
        "features": [
            {
                "id": name,
                "feature_type": "unit",
                "geometry": {},
                "properties": {"wayfinder": {"n": value}, "text": "{'n': 1}", "all": [value]},
                "members": {},
            }
            for name, value in (("a", 1), ("b", 1.5), ("c", True), ("d", "1"), ("e", None))
        ],
        "manifest": {},
        "leftovers": {},
    }
    data = json.dumps(document).encode()
    read = [feature.properties for feature in decode_plan(data)]
    assert json.dumps(read) == json.dumps([item["properties"] for item in document["features"]])


def test_shapes_that_were_let_go_are_made_again() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    plan.prepare_geometries_m()
    before = {feature.id: feature.shape for feature in plan}
    plan.drop_shapes()
    assert all("shape" not in vars(feature) for feature in plan if before[feature.id] is not None)
    assert {feature.id: feature.shape for feature in plan} == before
