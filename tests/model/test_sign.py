from wayfinder.formats import read_plan
from wayfinder.model import Arrow, Message, find_sign, list_signs
from wayfinder.model.sign_codes import is_code
from wayfinder.resources import floorplans_dir


def test_signs_of_a_plan_say_where_they_hang_and_which_way_their_reader_looks() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    signs = {sign.ref: sign for sign in list_signs(plan)}
    lobby = signs["1-01"]
    assert lobby.bearing_deg == 270
    assert lobby.facing_deg == 90
    assert lobby.mounting == "wall"
    assert lobby.code is not None
    assert is_code(lobby.code)
    assert plan[lobby.unit_id].name["en"] == "Lobby"
    assert lobby.level_id == plan[lobby.unit_id].level_id
    assert find_sign(plan, lobby.id) == lobby


def test_what_stands_nowhere_or_is_no_sign_is_none() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    sign = next(iter(list_signs(plan)))
    lost = plan.with_features(plan[sign.id].with_properties(unit_ids=[]))
    assert find_sign(lost, sign.id) is None
    assert find_sign(plan, sign.unit_id) is None
    assert find_sign(plan, "nothing") is None
    turned = plan.with_features(plan[sign.id].with_wayfinder(sign={}))
    found = find_sign(turned, sign.id)
    assert found is not None
    assert found.facing_deg is None


def test_messages_are_read_as_far_as_they_can_be() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    sign = next(iter(list_signs(plan)))
    assert sign.messages == ()
    said = [
        {"to": sign.unit_id, "arrow": "ahead-left"},
        {"to": sign.level_id, "arrow": "up"},
        {"to": sign.unit_id, "arrow": "sideways"},
        {"arrow": "left"},
        {"to": sign.unit_id, "arrow": ["left"]},
        "left",
    ]
    found = find_sign(
        plan.with_features(plan[sign.id].with_wayfinder(sign={"messages": said})), sign.id
    )
    assert found is not None
    assert found.messages == (
        Message(sign.unit_id, Arrow.AHEAD_LEFT),
        Message(sign.level_id, Arrow.UP),
    )


def test_of_very_many_messages_the_first_are_read() -> None:
    plan = read_plan(floorplans_dir() / "clinic").plan
    sign = next(iter(list_signs(plan)))
    said = [{"to": f"place-{number}", "arrow": "left"} for number in range(10_000)]
    found = find_sign(
        plan.with_features(plan[sign.id].with_wayfinder(sign={"messages": said})), sign.id
    )
    assert found is not None
    assert [message.to for message in found.messages] == [f"place-{n}" for n in range(200)]
