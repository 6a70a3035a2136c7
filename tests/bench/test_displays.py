"""Load of displays: which are put up, what they ask, what the table says."""

from dataclasses import replace

import pytest

from tests.displayed import KIOSK, make_house
from tests.web.network import Network
from wayfinder.bench import displays
from wayfinder.bench.displays import _Polls, _report, add_displays, measure_displays
from wayfinder.bench.load import Load, _write_requests
from wayfinder.bench.worlds import APB, Worlds
from wayfinder.model import Release, list_displays
from wayfinder.services.served import make_served


def make_round(latency_s: float, *, failed: int = 0) -> Load:
    return Load((0.0, 1.0), (latency_s, latency_s), failed, 10, 1.0)


def test_a_plan_gets_as_many_displays_as_are_wanted_and_keeps_its_own() -> None:
    plan = make_house({"kiosk": KIOSK})
    assert [one.id for one in list_displays(add_displays(plan, 1))] == ["kiosk"]
    more = list_displays(add_displays(plan, 30))
    assert len(more) == 30
    assert [one.id for one in more if one.kind == "kiosk"] == ["kiosk"]
    assert {one.bearing_deg for one in more} == {0, 90, 180, 270}


def test_each_display_sends_the_validator_of_what_it_has() -> None:
    requests = _write_requests(80, ["/a", "/b"], ["If-None-Match: 1", "If-None-Match: 2"])
    assert [one.split(b"\r\n") for one in requests] == [
        [b"GET /a HTTP/1.1", b"Host: 127.0.0.1:80", b"If-None-Match: 1", b"", b""],
        [b"GET /b HTTP/1.1", b"Host: 127.0.0.1:80", b"If-None-Match: 2", b"", b""],
    ]
    (plain,) = _write_requests(80, ["/a"], [])
    assert plain == b"GET /a HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"


def test_displays_that_are_not_there_are_no_load() -> None:
    with (
        Network([make_served("house", Release(make_house({}), 1))]) as network,
        pytest.raises(LookupError, match="404"),
    ):
        _Polls(network.port, ["DXXXXXXX"])


def test_a_load_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object, **__: object) -> Load:
        raise ConnectionError

    monkeypatch.setattr(displays, "make_load", break_off)
    with pytest.raises(ConnectionError), _Polls(1, []).poll(0):
        pass


def test_ratios_are_those_of_rounds_that_follow_each_other() -> None:
    quiet = [make_round(0.010), make_round(0.100)]
    polled = [make_round(0.015), make_round(0.150)]
    making = [make_round(0.030), make_round(0.300)]
    polls = [make_round(0.005, failed=1)]
    section = _report(50, 500, (quiet, polled, making), polls, are_made=False)
    by_text = {claim.text: claim for claim in section.claims}
    values = [claim.value for claim in section.claims]
    assert values == pytest.approx([1.5, 3.0, 1])
    assert [claim.holds for claim in by_text.values()] == [True, False, False]
    told = _report(50, 500, (quiet, polled, making), polls, are_made=True)
    assert len(told.notes) == len(section.notes) + 1
    assert replace(told, notes=section.notes) == section


@pytest.mark.long
@pytest.mark.unmeasured
def test_the_part_of_the_benchmark_runs() -> None:
    (section,) = measure_displays(Worlds(APB, quick=True, say=lambda _: None))
    assert [row[-1] for row in section.rows] == [0, 0, 0, 0]
