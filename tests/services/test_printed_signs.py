"""What an audit walks by is what is printed, on signs that hang for years and on temporary ones."""

from collections.abc import Mapping
from functools import partial

import pytest

from tests.ascii_plan import draw_plan
from tests.checks.hung import MONDAY, THREE_ROOMS, hang, route
from wayfinder.checks.sign_detours import plan_detours
from wayfinder.model import Arrow, Closure, Conditions, Plan, Release, Sign, list_signs
from wayfinder.services.printed_signs import write_out, write_temporary
from wayfinder.services.served import make_served
from wayfinder.services.sign_faces import make_face
from wayfinder.services.temporary_signs import Order, TemporaryFace, hang_temporary

CLOSED = Conditions(closures=(Closure("hallE"),))


def make_ring(messages: Mapping[str, str], **given: object) -> Plan:
    """Make a ring of halls with three rooms and a sign that one comes to."""
    plan = draw_plan(THREE_ROOMS, units={"B": {"category": "emergency"}})
    return hang(plan, "sign", (21.0, -16.2), messages, mounting="wall", unit="hallS", **given)


def read(sign: Sign) -> dict[str, Arrow]:
    return {message.to: message.arrow for message in sign.messages}


def test_the_emergency_department_is_read_as_well() -> None:
    plan = make_ring({"A": "left", "gone": "left"})
    (sign,) = write_out(route(plan), list_signs(plan))
    assert read(sign) == {"A": Arrow.LEFT, "B": Arrow.RIGHT}


def test_of_a_directory_the_arrows_are_read() -> None:
    plan = make_ring({}, directory=True)
    (sign,) = write_out(route(plan), list_signs(plan))
    assert sign.directory
    assert read(sign) == {"B": Arrow.RIGHT}


@pytest.mark.parametrize(
    ("messages", "given"),
    [
        ({"C": "right", "A": "left"}, {}),
        ({"C": "right", "B": "right"}, {}),
        ({"A": "left"}, {}),
        ({}, {"directory": True}),
        ({}, {}),
    ],
)
def test_temporary_faces_are_printed_as_they_were_walked_by(
    messages: Mapping[str, str], given: Mapping[str, object]
) -> None:
    plan = make_ring(messages, **given)
    router = route(plan)
    found = plan_detours(
        router,
        write_out(router, list_signs(plan)),
        CLOSED,
        departure=MONDAY,
        write=partial(write_temporary, at=MONDAY),
    )
    assert found.faces
    assert read(found.faces[0].sign)["B"] is Arrow.LEFT
    served = make_served("ring", Release(plan, 1))
    faces = tuple(
        TemporaryFace(
            id=face.sign.id,
            covers=face.covers or "",
            unit_id=face.sign.unit_id,
            place=plan.frame.to_degrees(*face.sign.point),
            bearing_deg=face.sign.bearing_deg,
            messages=tuple({"to": m.to, "arrow": str(m.arrow)} for m in face.sign.messages),
        )
        for face in found.faces
    )
    hung = hang_temporary(
        served, Order(served.snapshot.release.hash, faces=faces, closed=("hallE",))
    )
    for face in found.faces:
        made = make_face(hung, face.sign.id, at=MONDAY, temporary=True)
        assert {line.to: line.arrow for line in made.lines} == read(face.sign)
        assert bool(made.directory) is (face.covers is not None and bool(given))


def test_a_cover_that_has_nothing_to_say_is_blank() -> None:
    plan = make_ring({"C": "right"})
    plan = plan.with_features(plan["B"].with_properties(category="room"))
    router = route(plan)
    shut = Conditions(closures=(Closure("door-7"),))
    found = plan_detours(
        router,
        write_out(router, list_signs(plan)),
        shut,
        departure=MONDAY,
        write=partial(write_temporary, at=MONDAY),
    )
    assert [one.code for one in found.wrong] == ["no-way"]
    (cover,) = found.faces
    assert (cover.covers, cover.sign.messages) == ("sign", ())
