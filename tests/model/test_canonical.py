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
