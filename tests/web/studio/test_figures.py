"""The figures as staff see them: tables, charts, a map, CSV; nothing below ten."""

import csv
import io
import re

import pytest

from tests.services.people.conftest import Clock
from tests.web.pages import SIGN
from tests.web.studio.conftest import Someone
from wayfinder.services.people.desk import Desk
from wayfinder.store.daily_counts import CountKey, add_counts
from wayfinder.web.studio.charts import choose_top, draw_bars, draw_days

PATH = "/studio/v/clinic/figures"


@pytest.fixture
def counted(desk: Desk) -> None:
    """Count some, on days before the clock's 1 May 2030."""
    counts = {
        CountKey("clinic", "2030-04-03", "scan", SIGN): 2_345,
        CountKey("clinic", "2030-04-03", "scan", "MEVAMWK"): 7,
        CountKey("clinic", "2030-04-04", "lost", SIGN): 47,
        CountKey("clinic", "2030-04-04", "goal", "restroom"): 320,
        CountKey("clinic", "2030-04-04", "goal", "=cmd()"): 11,
        CountKey("clinic", "2030-04-05", "unmatched", ""): 13,
        CountKey("clinic", "2029-11-05", "scan", SIGN): 90,
    }
    with desk.store.write() as connection:
        add_counts(connection, counts)


@pytest.mark.usefixtures("counted")
def test_figures_are_tables_charts_and_a_map(admin: Someone) -> None:
    page = admin.get(f"{PATH}?lang=en").text
    assert "2,345" in page
    assert "Toilet" in page
    assert page.count('<svg class="chart"') == 3
    assert "mark-scans size-4 is-lost" in page
    # seven scans of the other sign: no trace of them, nor in the sum
    assert "MEVAMWK" not in page
    assert "2,352" not in page
    assert re.search(r"<td>47</td><td>2</td>", page)
    assert "2,435" in admin.get(f"{PATH}?lang=en&months=12").text


@pytest.mark.usefixtures("counted")
def test_the_same_as_csv(admin: Someone) -> None:
    answer = admin.get(f"{PATH}.csv?months=25&lang=en")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(answer.text[1:])))
    assert rows[0] == ["kind", "key", "name", "first_day", "last_day", "count"]
    assert {row[5] for row in rows[1:]} == {"2345", "90", "47", "320", "11", "13"}
    # nothing that a spreadsheet would compute
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_without_anything_counted_it_says_when_there_will_be(admin: Someone, clock: Clock) -> None:
    page = admin.get(f"{PATH}?lang=en&months=9").text
    assert "Nothing to show yet." in page
    assert f"{clock.now:%Y}" in page


def test_charts_of_nothing_are_no_crash() -> None:
    assert "<rect" not in draw_bars([], title="x")
    assert "area" not in draw_days([], title="<x>")
    assert "&lt;x&gt;" in draw_days([], title="<x>")


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 4), (4, 4), (5, 6), (10, 10), (11, 20), (99, 100), (101, 200), (2_345, 4_000)],
)
def test_axes_end_at_round_numbers(most: float, top: float) -> None:
    assert choose_top(most) == top
