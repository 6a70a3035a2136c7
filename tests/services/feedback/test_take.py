"""Taking a report: nobody's, of a place, once, and not too often."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.web.pages import KIOSK, LEVEL, SIGN
from wayfinder.services.feedback.about import About, find_about, locate
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.take import MOST_ABOUT_ONE, Told, take_report
from wayfinder.services.feedback.throttle import Throttle
from wayfinder.services.follow import Follower
from wayfinder.services.served import Served
from wayfinder.services.venues import Venues
from wayfinder.store import Store
from wayfinder.store.feedback import ReportRecord, change_report, list_reports
from wayfinder.store.venues import get_venue, touch_venue

NOW = datetime(2030, 1, 1, 12, 44, 59, tzinfo=UTC)
KEYS = count()

Take = Callable[..., None]


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def venues(clinic: Served) -> Venues:
    return Venues([clinic])


@pytest.fixture
def take(house: Store, clinic: Served, venues: Venues) -> Take:
    def say(
        at: str = SIGN,
        *,
        spot: str = "",
        address: str = "192.0.2.7",
        throttle: Throttle | None = None,
        **values: object,
    ) -> None:
        key = f"{next(KEYS):032x}"
        told = Told(**{"kind": "blocked", "text": "", "language": "en", "key": key, **values})  # type: ignore[arg-type]
        about = find_about(venues, clinic, at, spot)
        guard = throttle or Throttle()
        take_report(house, guard, clinic, about, told, address=address, at=NOW)

    return say


def list_kept(store: Store) -> list[ReportRecord]:
    with store.read() as connection:
        return list_reports(connection, get_venue(connection, "clinic"))


def test_what_is_kept_is_what_where_and_about_when(house: Store, take: Take) -> None:
    take(text="the door\nis shut")
    (kept,) = list_kept(house)
    report = kept.report
    assert (report.kind, report.text, report.sign) == ("blocked", "the door is shut", SIGN)
    assert report.made_at == datetime(2030, 1, 1, 12, 30, tzinfo=UTC)
    assert report.place is not None
    assert set(report.place.name) == {"en", "zh-Hans"}
    assert report.place.level == LEVEL


def test_a_phone_that_was_away_says_how_long(house: Store, take: Take) -> None:
    take(age=timedelta(hours=5))
    take("PED", age=timedelta(days=400))
    take(KIOSK, age=timedelta(days=-400))
    times = [one.report.made_at for one in reversed(list_kept(house))]
    quarter = NOW.replace(minute=30, second=0)
    assert times == [quarter - timedelta(hours=5), quarter - timedelta(hours=72), quarter]


@pytest.mark.parametrize(
    ("values", "code"),
    [({"kind": "fire"}, "no-kind"), ({"key": "short"}, "no-form"), ({"key": "G" * 32}, "no-form")],
)
def test_nonsense_is_refused(house: Store, take: Take, values: dict[str, str], code: str) -> None:
    with pytest.raises(FeedbackError) as caught:
        take(**values)
    assert caught.value.code == code
    assert list_kept(house) == []


def test_of_one_place_staff_have_heard_enough_whoever_tells(take: Take) -> None:
    for number in range(MOST_ABOUT_ONE):
        take(address=f"192.0.2.{number}")
    with pytest.raises(FeedbackError) as caught:
        take(address="198.51.100.1")
    assert caught.value.code == "known"
    take(KIOSK, address="198.51.100.1")


def test_one_address_does_not_say_the_same_for_ever(take: Take) -> None:
    throttle = Throttle()
    for _ in range(3):
        take(throttle=throttle)
    with pytest.raises(FeedbackError) as caught:
        take(throttle=throttle)
    assert caught.value.code == "too-many"


def test_what_it_is_about_is_found(clinic: Served, venues: Venues) -> None:
    (place,) = clinic.directory.find_exact("PED")
    sign = clinic.sign_of_code[SIGN]
    for text in (SIGN, SIGN.lower(), sign.id):
        assert find_about(venues, clinic, text).feature == sign.id
    assert find_about(venues, clinic, place) == About(
        place, None, clinic.directory.find_spot(place)
    )
    assert find_about(venues, clinic, KIOSK).spot is not None
    for text in ("", "nothing", "\x00", "😀" * 99):
        about = find_about(venues, clinic, text)
        assert about == About()
        assert locate(clinic, about) is None


def test_a_spot_is_the_room_that_it_lies_in(clinic: Served, venues: Venues) -> None:
    sign = clinic.sign_of_code[SIGN]
    x, y = sign.point
    about = find_about(venues, clinic, SIGN, f"{sign.level_id} {x} {y}")
    assert (about.feature, about.sign) == (sign.unit_id, sign)
    far = find_about(venues, clinic, "", f"{sign.level_id} 9e5 0")
    assert far.feature is not None
    for spot in ("", "x 1 2", f"{LEVEL} 1", f"{LEVEL} nan 2", f"{LEVEL} 1e9 2", f"{LEVEL} a b"):
        assert find_about(venues, clinic, SIGN, spot).feature == sign.id


def test_an_answer_reaches_what_is_served(house: Store, take: Take) -> None:
    venues = Venues()
    follower = Follower(house, venues)
    follower.catch_up()
    take()
    with house.write() as connection:
        venue = get_venue(connection, "clinic")
        (record,) = list_reports(connection, venue)
        until = datetime.now(UTC) + timedelta(days=1)
        shown = {"answer": {"en": "Mended"}, "answer_until": until}
        change_report(connection, record, who="", at=NOW, **shown)
        touch_venue(connection, venue.id)
    follower.catch_up()
    (answer,) = venues.list_answers("clinic", [SIGN], datetime.now(UTC))
    assert answer.text == {"en": "Mended"}
    assert venues.list_answers("clinic", [SIGN], until) == ()
    assert venues.list_answers("clinic", ["other"], datetime.now(UTC)) == ()
    assert venues.list_answers("other", [SIGN], datetime.now(UTC)) == ()
    follower.stop()


def test_who_says_that_it_was_earlier_counts_all_the_same(take: Take) -> None:
    for number in range(MOST_ABOUT_ONE):
        take(address=f"192.0.2.{number}", age=timedelta(hours=30))
    with pytest.raises(FeedbackError) as caught:
        take(address="198.51.100.1", age=timedelta(hours=30))
    assert caught.value.code == "known"
