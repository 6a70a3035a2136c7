"""What an answer says to whom, and what speaks against it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.heard import make_report
from tests.services.feedback.conftest import ANN
from wayfinder.guide.catalogues import LANGUAGES, has_message
from wayfinder.model import Closure, Conditions
from wayfinder.services.feedback import inbox
from wayfinder.services.feedback.answers import Answer
from wayfinder.services.feedback.errors import FeedbackError
from wayfinder.services.feedback.wording import (
    ONE_LANGUAGE,
    READY,
    Given,
    give_answer,
    list_doubts,
    show_answer,
)
from wayfinder.services.served import Served
from wayfinder.store import Store
from wayfinder.store.feedback import ReportRecord, add_report, list_reports
from wayfinder.store.venues import get_venue, make_venue

AT = datetime(2030, 1, 1, 12, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def record(store: Store) -> ReportRecord:
    with store.write() as connection:
        make_venue(connection, "clinic", "default", {})
        venue = get_venue(connection, "clinic")
        add_report(connection, venue, make_report(), key="0" * 32)
        return list_reports(connection, venue)[0]


@pytest.mark.parametrize("ready", READY)
def test_what_is_ready_is_so_in_every_language(ready: str) -> None:
    assert set(Given(ready, {}, 3).text) == set(LANGUAGES)
    assert all(has_message(language, f"feedback.ready.{ready}") for language in LANGUAGES)


def test_own_words_stand_beside_ready_ones_in_the_other_languages() -> None:
    given = Given("mended", {"en": "Lift 2 runs", "zh-Hans": " "}, 3)
    assert given.text["en"] == "Lift 2 runs"
    assert given.text["zh-Hans"].startswith("已经修好")


def test_who_answers_is_asked_once_more_where_something_speaks_against_it(
    store: Store, record: ReportRecord
) -> None:
    own = Given("", {"en": "Lift 2 runs"}, 3)
    assert list_doubts(None, record, own, AT) == [ONE_LANGUAGE]
    with pytest.raises(FeedbackError) as caught:
        give_answer(store, "clinic", record.id, given=own, served=None, who=ANN)
    assert caught.value.code == "answer-doubtful"
    assert not inbox.get_item(store, "clinic", record.id).record.answer
    sure = Given("", own.own, 3, is_sure=True)
    done = give_answer(store, "clinic", record.id, given=sure, served=None, who=ANN)
    assert (done.answer, done.state) == ({"en": "Lift 2 runs"}, "done")


def test_who_is_at_it_is_not_done(store: Store, record: ReportRecord) -> None:
    given = Given("at-it", {}, 3)
    done = give_answer(store, "clinic", record.id, given=given, served=None, who=ANN)
    assert done.state == "in-work"


def test_a_lift_that_is_closed_on_any_floor_is_not_said_to_run(
    clinic: Served,
) -> None:
    lifts = [unit for unit in clinic.plan.units if unit.category == "elevator"]
    first, last = lifts[0], lifts[-1]
    shut = clinic.with_conditions(Conditions((Closure(last.id, end=AT),)), 1)
    mended = Answer({"en": "It runs"}, AT, "lift-out", (first.id,))
    before = show_answer(shut, mended, "en", AT - timedelta(minutes=1))
    assert (before.is_done, len(before.now)) == (False, 1)
    after = show_answer(shut, mended, "en", AT)
    assert (after.is_done, after.now, after.text) == (True, (), "It runs")
    ongoing = Answer({"en": "On it"}, AT, "lift-out", (first.id,), is_done=False)
    assert show_answer(shut, ongoing, "en", AT - timedelta(minutes=1)).now == ()
