"""What tests ask of a watch, and the messages that they give it."""

from pathlib import Path

import pytest

from tests.services.fire.people import VENUE, People
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.errors import FireError
from wayfinder.services.fire.messages import sign_trigger
from wayfinder.services.fire.watch import FireWatch


def trigger(people: People, by: str = "Panel", **options: object) -> Signed:
    """Sign that zone A burns now, unless told otherwise."""
    settings = {"venue": VENUE, "zones": ("A",), "at": people.clocks.now, **options}
    return sign_trigger(people.keys[by], **settings)  # type: ignore[arg-type]


def is_on_fire(watch: FireWatch) -> bool:
    """Have a watch look, and tell whether it knows of a fire."""
    watch.look()
    return watch.find_alarm(VENUE) is not None


def find_file(people: People, digest: str) -> Path:
    """Return where a message is kept."""
    return people.folder / VENUE / f"{digest}.json"


def refusal(watch: FireWatch, message: Signed | bytes) -> str:
    """Give a watch what it refuses, changing nothing, and return why."""
    before = watch.find_alarm(VENUE)
    with pytest.raises(FireError) as caught:
        watch.take(VENUE, message)
    watch.look()
    assert watch.find_alarm(VENUE) == before
    return caught.value.code
