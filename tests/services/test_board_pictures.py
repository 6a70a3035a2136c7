"""Pictures of boards: made once, true to the minute, and told to who listens."""

import gc
import weakref
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.boards import find_board, serve
from wayfinder.model import Closure, Conditions, ExceptionalHours, Notice
from wayfinder.services.board_pictures import picture_board

NOW = datetime(2026, 3, 3, 2, tzinfo=UTC)
"""Ten in the morning there."""
BOTH = ("zh-Hans", "en")


def test_a_picture_is_made_once_as_long_as_it_is_true() -> None:
    served = serve()
    display = find_board(served)
    first = picture_board(served, display, BOTH, NOW)
    assert picture_board(served, display, BOTH, NOW + timedelta(hours=3)) is first
    assert picture_board(served, display, ("en",), NOW) is not first
    closed = served.with_conditions(Conditions((Closure("eye"),)), 1)
    assert picture_board(closed, display, BOTH, NOW).digest != first.digest


def test_a_place_that_opens_by_the_clock_changes_it_to_the_minute() -> None:
    opens = NOW + timedelta(minutes=30)
    served = serve(conditions=Conditions(hours=(ExceptionalHours("eye", "10:30-16:00"),)))
    display = find_board(served)
    before = picture_board(served, display, ("en",), NOW)
    assert before.board.until == opens
    assert "Eyes: ahead on the left (opens 10:30)" in before.directions
    just = picture_board(served, display, ("en",), opens - timedelta(seconds=1))
    assert just.digest == before.digest
    after = picture_board(served, display, ("en",), opens)
    assert "Eyes: ahead on the left" in after.directions
    assert after.digest != before.digest


def test_of_a_board_only_the_newest_picture_is_kept() -> None:
    """A board turns some thirty times a day, and may hang for months without a closure."""
    hour = timedelta(hours=1)
    served = serve(conditions=Conditions((Closure("eye", start=NOW + hour),)))
    display = find_board(served)
    first = weakref.ref(picture_board(served, display, BOTH, NOW))
    second = weakref.ref(picture_board(served, display, BOTH, NOW + hour))
    gc.collect()
    assert first() is None
    assert second() is not None


def test_a_closure_that_begins_or_ends_changes_it() -> None:
    hour = timedelta(hours=1)
    closure = Closure("eye", start=NOW + hour, end=NOW + 2 * hour)
    served = serve(conditions=Conditions((closure,)))
    display = find_board(served)
    digests = [picture_board(served, display, BOTH, NOW + n * hour).digest for n in (0, 1, 2)]
    assert digests[0] == digests[2] != digests[1]


def test_who_listens_is_told_all_of_it() -> None:
    conditions = Conditions(
        (Closure("lifteast@0"),), notices=(Notice("n", {"en": "Mask, please"}),)
    )
    served = serve(conditions=conditions)
    picture = picture_board(served, find_board(served), ("en", "zh-Hans"), NOW)
    assert picture.directions[0].startswith("Emergency, floor M: ")
    assert len(picture.directions) == 1 + len(picture.board.lines)
    assert picture.closures == ("Lift 5 out of service. Use Lift 3, to the left.",)
    assert picture.notices == ("Mask, please",)
    assert 'lang="en"' in picture.svg


def test_another_screen_has_another_picture() -> None:
    served = serve()
    display = find_board(served)
    across = picture_board(served, display, BOTH, NOW)
    upright = picture_board(served, replace(display, width_px=1080, height_px=1920), BOTH, NOW)
    assert across.drawing.width_mm > across.drawing.height_mm
    assert upright.drawing.width_mm < upright.drawing.height_mm
