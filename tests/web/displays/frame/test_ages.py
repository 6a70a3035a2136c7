"""How old is what is shown, whatever the clock says."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.displays.frame.weather import Storm

MINUTE, HOUR, YEAR = 60_000, 3_600_000, 31_557_600_000
NOON = 1_795_000_000_000
"""Some noon in 2026, in milliseconds since 1970."""

TELL = """async ([path, story]) => {
  const { Ages } = await import(path);
  let wall = story.wall, steady = 1000, saved = null;
  let ages = new Ages({ wall: () => wall, steady: () => steady });
  let contact = true;
  for (const [what, value] of story.events) {
    if (what === "contact") { contact = true; ages.confirm(value); }
    if (what === "silence") contact = false;
    if (what === "pass") { wall += value; steady += value; }
    if (what === "jump") wall += value;
    if (what === "set") wall = value;
    if (what === "sleep") wall += value;
    if (what === "restart") {
      saved = ages.save();
      wall += value;
      steady = 5;
      contact = false;
      ages = new Ages({ wall: () => wall, steady: () => steady });
      ages.recall(JSON.parse(JSON.stringify(saved)), 0);
    }
    if (what === "first") { contact = false; ages.recall(null, value); }
  }
  const minutes = Math.floor(ages.get() / 60000);
  return { name: ages.name(contact), minutes, time: ages.getServerTime(contact) };
}"""


@pytest.fixture(scope="module")
def blank(browser: Browser, running: Storm) -> Iterator[Page]:
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    page.goto("/display/sw.js")
    yield page
    context.close()


def tell(page: Page, *events: tuple[str, float], wall: float = NOON) -> Any:  # noqa: ANN401 - JSON
    """Let things happen, and return what is known at the end."""
    story = {"wall": wall, "events": [list(event) for event in events]}
    return page.evaluate(TELL, ["/static/any/display/ages.js", story])


@pytest.mark.parametrize(
    ("silence", "name"),
    [
        (0, "fresh"),
        (89_000, "fresh"),
        (90_000, "late"),
        (10 * MINUTE - 1, "late"),
        (10 * MINUTE, "old"),
        (24 * HOUR, "stale"),
        (72 * HOUR - 1, "stale"),
        (72 * HOUR, "ended"),
    ],
)
def test_an_age_has_a_name(blank: Page, silence: float, name: str) -> None:
    told = tell(blank, ("contact", NOON), ("silence", 0), ("pass", silence))
    assert told["name"] == name
    assert told["time"] == NOON + silence


@pytest.mark.parametrize("jump", [-HOUR, HOUR, 10 * YEAR, -NOON])
def test_a_clock_that_jumps_makes_nothing_older_or_newer(blank: Page, jump: float) -> None:
    """Neither does +10 years end the ways, nor does 1970 make them fresh for ever."""
    begun = (("contact", NOON), ("pass", 1_000), ("jump", jump))
    told = tell(blank, *begun)
    assert told == {"name": "fresh", "minutes": 0, "time": NOON + 1_000}
    # nobody answers: whether it was set or we slept nobody knows, so it counts as old at least
    told = tell(blank, *begun, ("silence", 0), ("pass", 5_000))
    assert told["name"] == "old"
    assert told["time"] is None
    told = tell(blank, *begun, ("silence", 0), ("pass", 25 * HOUR))
    assert told["name"] == "stale"
    told = tell(blank, *begun, ("silence", 0), ("pass", 72 * HOUR))
    assert told["name"] == "ended"
    # the next answer makes everything right
    told = tell(blank, *begun, ("silence", 0), ("pass", HOUR), ("contact", NOON + HOUR))
    assert told == {"name": "fresh", "minutes": 0, "time": NOON + HOUR}


def test_the_clock_of_a_display_may_be_wrong_all_the_time(blank: Page) -> None:
    told = tell(blank, ("contact", NOON), ("silence", 0), ("pass", 11 * MINUTE), wall=5_000)
    assert told == {"name": "old", "minutes": 11, "time": NOON + 11 * MINUTE}
    told = tell(blank, ("contact", NOON), ("pass", 20_000), ("restart", MINUTE), wall=5_000)
    assert told == {"name": "fresh", "minutes": 1, "time": NOON + 80_000}


def test_time_without_power_counts(blank: Page) -> None:
    told = tell(blank, ("contact", NOON), ("silence", 0), ("pass", HOUR), ("restart", 30 * HOUR))
    assert told == {"name": "stale", "minutes": 31 * 60, "time": NOON + 31 * HOUR}
    told = tell(blank, ("contact", NOON), ("restart", 71 * HOUR), ("pass", HOUR))
    assert told["name"] == "ended"


@pytest.mark.parametrize("off", [-NOON, -HOUR, 10 * YEAR])
def test_a_clock_that_cannot_be_believed_after_a_start(blank: Page, off: float) -> None:
    told = tell(blank, ("contact", NOON), ("pass", 2 * MINUTE), ("restart", off), ("pass", MINUTE))
    assert told == {"name": "old", "minutes": 3, "time": None}
    # what is known to have passed still counts, over further starts
    known = (("contact", NOON), ("pass", 40 * HOUR), ("restart", off), ("pass", 31 * HOUR))
    assert tell(blank, *known)["name"] == "stale"
    assert tell(blank, *known, ("restart", -HOUR), ("pass", HOUR))["name"] == "ended"
    assert tell(blank, *known, ("contact", NOON))["name"] == "fresh"


def test_an_hour_too_many_is_believed_after_a_start(blank: Page) -> None:
    told = tell(blank, ("contact", NOON), ("restart", HOUR), ("pass", MINUTE))
    assert told["name"] == "old"
    assert told["minutes"] == 61


def test_a_page_that_never_heard_anything_is_as_old_as_it_was_made(blank: Page) -> None:
    assert tell(blank, ("first", NOON), ("pass", 2 * MINUTE))["name"] == "late"
    assert tell(blank, ("first", NOON - 30 * HOUR))["name"] == "stale"
    assert tell(blank, ("first", NOON), wall=0)["name"] == "old"


def test_a_display_that_slept_does_not_say_that_it_is_fresh(blank: Page) -> None:
    told = tell(blank, ("contact", NOON), ("sleep", 8 * HOUR), ("silence", 0), ("pass", 5_000))
    assert told["name"] == "old"
    assert told["time"] is None


@pytest.mark.parametrize("saved", ["null", "{}", '{"server": "x"}', '{"server": 1e999}'])
def test_a_damaged_memory_is_none(blank: Page, saved: str) -> None:
    told = blank.evaluate(
        """async ([path, saved, now]) => {
          const { Ages } = await import(path);
          const ages = new Ages({ wall: () => now, steady: () => 0 });
          ages.recall(JSON.parse(saved), now - 60000);
          return ages.get();
        }""",
        ["/static/any/display/ages.js", saved, NOON],
    )
    assert told == MINUTE
