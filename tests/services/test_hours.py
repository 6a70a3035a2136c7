"""Opening hours as a table on a door says them, in both languages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.route.schedule import Hours
from wayfinder.services.hours import make_timetable, say_stamp, say_timetable, say_when

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 22)
HOLIDAYS = Hours("PH", ZONE, "CN")


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (
            "Mo-Fr 08:00-12:00,14:00-17:30; PH off",
            ("周一至周五 08:00–12:00、14:00–17:30", "周六、周日休息", "法定节假日休息"),
            ("Mon–Fri 8:00–12:00, 14:00–17:30", "Sat, Sun closed", "Closed on public holidays"),
        ),
        ("24/7", ("全天 24 小时开放",), ("Open day and night",)),
        ("Mo-Su 08:00-20:00", ("每天 08:00–20:00",), ("Every day 8:00–20:00",)),
        (
            "22:00-06:00",
            ("每天 22:00–次日 06:00",),
            ("Every day 22:00–6:00 the next day",),
        ),
        (
            "Mo-Fr 08:00-17:00; PH 09:00-12:00",
            ("周一至周五 08:00–17:00", "周六、周日休息", "法定节假日 09:00–12:00"),
            ("Mon–Fri 8:00–17:00", "Sat, Sun closed", "Public holidays 9:00–12:00"),
        ),
        (
            "Apr-Sep: Mo-Su 08:00-18:00; Oct-Mar: Mo-Su 08:30-17:00",
            ("每天 08:30–17:00",),
            ("Every day 8:30–17:00",),
        ),
        ("Mo,We,Sa 08:00-24:00; Tu,Th,Fr,Su 00:00-24:00", None, None),
        ("off", ("暂不开放",), ("Closed",)),
    ],
)
def test_hours_are_said_in_lines(
    text: str, chinese: tuple[str, ...] | None, english: tuple[str, ...] | None
) -> None:
    table = make_timetable(Hours(text, ZONE, "CN"), TODAY, ZONE, HOLIDAYS)
    said = say_timetable(table, "zh-Hans"), say_timetable(table, "en")
    if chinese is None or english is None:
        assert said[1] == ("Mon, Wed, Sat 8:00–24:00", "Tue, Thu, Fri, Sun all day")
    else:
        assert said == (chinese, english)


@given(
    days=st.lists(
        st.sampled_from(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]), min_size=1, unique=True
    ),
    opens=st.integers(0, 22),
    hours=st.integers(1, 13),
)
def test_a_timetable_says_what_the_hours_say(days: list[str], opens: int, hours: int) -> None:
    written = Hours(f"{','.join(days)} {opens:02}:00-{opens + hours:02}:00", ZONE)
    table = make_timetable(written, TODAY, ZONE)
    monday = datetime(2026, 11, 23, tzinfo=ZONE)
    for hour in range(7 * 24):
        instant = monday + timedelta(hours=hour, minutes=30)
        day, minute = divmod(hour * 60 + 30, 24 * 60)
        spans = [*table.week[day], *((a - 1440, b - 1440) for a, b in table.week[day - 1])]
        assert any(start <= minute < end for start, end in spans) == written.is_open(instant)


@pytest.mark.parametrize(
    ("then", "chinese", "english"),
    [
        (datetime(2026, 11, 22, 21, 30, tzinfo=ZONE), "21:30", "at 21:30"),
        (datetime(2026, 11, 23, 8, tzinfo=ZONE), "明天 08:00", "tomorrow at 8:00"),
        (datetime(2026, 11, 25, 8, tzinfo=ZONE), "周三 08:00", "on Wednesday at 8:00"),
        (datetime(2026, 12, 25, 8, tzinfo=ZONE), "12月25日 08:00", "on 25 December at 8:00"),
        (datetime(2027, 1, 5, 8, tzinfo=ZONE), "2027年1月5日 08:00", "on 5 Jan 2027 at 8:00"),
    ],
)
def test_an_instant_is_said_as_one_says_it_today(
    then: datetime, chinese: str, english: str
) -> None:
    now = datetime(2026, 11, 22, 20, tzinfo=ZONE)
    assert (say_when(then, now, "zh-Hans"), say_when(then, now, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("instant", "language", "said"),
    [
        (datetime(2026, 11, 23, 0, 5, tzinfo=UTC), "en", "00:05"),
        (datetime(2026, 11, 22, 21, 40, tzinfo=UTC), "en", "22 Nov 21:40"),
        (datetime(2026, 11, 22, 21, 40, tzinfo=UTC), "zh-Hans", "11月22日 21:40"),
    ],
)
def test_a_stamp_has_the_day_where_that_is_not_today(
    instant: datetime, language: str, said: str
) -> None:
    assert say_stamp(instant, datetime(2026, 11, 23, 0, 38, tzinfo=UTC), language) == said
