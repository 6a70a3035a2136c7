"""What a direction board shows now: directions, closures with what to take instead, notices."""

from dataclasses import replace
from datetime import UTC, datetime

from wayfinder.checks.sight import LETTER_MM
from wayfinder.guide.board import Board, BoardNotice
from wayfinder.model import Display, Sign
from wayfinder.model.values import read_number, read_object
from wayfinder.presets import list_kinds
from wayfinder.services.board_closures import BoardClosures
from wayfinder.services.board_lines import BoardLines
from wayfinder.services.display_news import tell_news
from wayfinder.services.served import Served
from wayfinder.services.sign_labels import tell_apart
from wayfinder.services.sign_ways import EMERGENCY

MOST_NOTICES = 6
"""So many notices are shown at most, those begun last first (ours)."""

_DESK_MM = 12.0
"""Height of letters on a screen that one stands before (ours)."""


def make_board(served: Served, display: Display, at: datetime | None = None) -> Board:
    """Make what a board shows.

    Parameters
    ----------
    served
        The venue.
    display
        One of its displays, of whatever kind.
    at
        Aware instant; None is now.
    """
    zone = served.router.schedule.zone
    now = (at or datetime.now(UTC)).astimezone(zone)
    sign = as_sign(display)
    chosen = BoardLines(served, sign, now)
    lines = chosen.list_lines()
    apart = tell_apart(served, [one.line for one in lines])
    return Board(
        display=display,
        at=now,
        head=chosen.maker.make_head(),
        lines=tuple(replace(one, line=line) for one, line in zip(lines, apart, strict=True)),
        emergency=chosen.make_emergency(),
        has_emergency=any(EMERGENCY in list_kinds(one.category) for one in chosen.ways.places),
        closures=BoardClosures(served, sign, chosen, now).list_closures(),
        notices=list_notices(served, display, now),
        letter_height_mm=find_letter_height_mm(served, display),
        until=chosen.until,
    )


def as_sign(display: Display) -> Sign:
    """Return a display as the face of a sign: it hangs there and faces that way."""
    return Sign(
        id=display.id,
        level_id=display.level_id,
        unit_id=display.unit_id,
        point=display.point,
        bearing_deg=display.bearing_deg,
        mounting=display.mounting,
        ref=display.ref,
    )


def find_letter_height_mm(served: Served, display: Display) -> float:
    """Return how high the letters of a display have to be: as the plan says, or by its mounting."""
    amenity = served.plan.features.get(display.id)
    placed = dict(read_object(amenity.wayfinder, "display")) if amenity is not None else {}
    own = read_number(placed, "letter_height_mm")
    if own is not None and own > 0:
        return own
    return _DESK_MM if display.mounting == "desk" else LETTER_MM.get(display.mounting, 25.0)


def list_notices(served: Served, display: Display, at: datetime) -> tuple[BoardNotice, ...]:
    """List the notices for whoever reads a display, those begun last first."""
    oldest = datetime.min.replace(tzinfo=UTC)
    news = tell_news(served, display, at)
    found = sorted(news.notices, key=lambda one: one.start or oldest, reverse=True)
    return tuple(BoardNotice(one.id, one.text) for one in found[:MOST_NOTICES])
