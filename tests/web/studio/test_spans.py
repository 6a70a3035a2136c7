"""Times as forms give them: some hours are hours, also in the night when clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wayfinder.web.studio.spans import read_span


@pytest.mark.parametrize("now", ["2026-03-29T00:30+00:00", "2026-10-25T00:30+00:00"])
@pytest.mark.parametrize(("soon", "hours"), [("1h", 1), ("4h", 4)])
def test_some_hours_are_as_long_in_the_night_when_clocks_are_changed(
    now: str, soon: str, hours: int
) -> None:
    at = datetime.fromisoformat(now)
    span = read_span({"until": soon}, ZoneInfo("Europe/Berlin"), now=at)
    assert span.end is not None
    assert span.end.astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=hours)
