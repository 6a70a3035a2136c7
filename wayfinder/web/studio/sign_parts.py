"""What all views about signs share: the batches, the served venue, days, what was found wrong."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from wayfinder.draw.signs.sizes import FORMATS, PAPER
from wayfinder.errors import CodedError
from wayfinder.guide.catalogues import translate
from wayfinder.model.sign_records import SignState
from wayfinder.services.base_address import find_base_address
from wayfinder.services.served import Served
from wayfinder.services.sign_work import names
from wayfinder.services.sign_work.batches import Batches
from wayfinder.store import InvalidError
from wayfinder.store.job_lists import find_newest
from wayfinder.store.jobs import DONE, JobRecord
from wayfinder.web.language import choose_language
from wayfinder.web.site import get_site
from wayfinder.web.studio.page import flash
from wayfinder.web.studio.room import get_room, get_visit

_DAY = timedelta(days=1)


def get_batches() -> Batches:
    """Return the batches of the installation."""
    settings = get_room().settings
    return Batches(settings.work_folder, settings.batches_kept)


def find_served() -> Served | None:
    """Return the venue of the address as it is served, or None before its first release."""
    return get_site().venues.find(get_visit().get_venue().slug)


def find_base() -> tuple[str | None, str]:
    """Return the address that signs carry, and why there is none: empty where there is one."""
    try:
        base = find_base_address(None, get_room().settings)
    except InvalidError as error:
        return None, say_error(error)
    return base, "" if base else translate(choose_language(), "studio.batch.no-address")


def say_size(name: str) -> str:
    """Say a size of signs in words and millimetres; of a batch of old, what it was called."""
    size = FORMATS.get(name)
    if size is None:
        return name
    paper, _, across = name.partition("-")
    word = "hanging" if size.hanging else "totem" if name not in PAPER else "paper"
    return translate(
        choose_language(),
        f"studio.sign.size-{'across' if across and word == 'paper' else word}",
        paper=paper,
        width=f"{size.width_mm:g}",
        height=f"{size.height_mm:g}",
    )


def say_error(error: CodedError) -> str:
    """Say why something is refused."""
    said = translate(choose_language(), error.message_id, **error.values)
    return said[:1].upper() + said[1:]


def say_problem(problem: Mapping[str, object]) -> str:
    """Say why work in the background has failed; empty where it has not."""
    if not problem:
        return ""
    values = problem.get("values")
    code, given = str(problem["code"]), values if isinstance(values, dict) else {}
    said = translate(choose_language(), code, **given)
    return said[:1].upper() + said[1:]


def read_day(text: str, zone: tzinfo) -> datetime | None:
    """Read a date as the end of that day there, today's as now; None for no date.

    What is printed in the morning may be mounted in the afternoon.

    Raises
    ------
    ValueError
        It is none.
    """
    if not text:
        return None
    start = datetime.combine(date.fromisoformat(text), time.min, zone)
    now = datetime.now(UTC)
    return start if start > now else min(start + _DAY - timedelta(seconds=1), now)


def say_noted(state: SignState, count: int) -> None:
    """Say on the next page what was noted of signs."""
    if count:
        flash(f"said.signs-{state}", count=count)
    else:
        flash("said.signs-unchanged")


def find_newest_work(kind: str, *states: str) -> JobRecord | None:
    """Return the newest work of a kind at the venue of the address, in some states or in any."""
    venue = get_visit().get_venue()
    with get_room().desk.store.read() as connection:
        return find_newest(connection, venue, kind, states)


def list_wrong_ids() -> frozenset[str]:
    """Return the ids of the printed signs that the last comparison found wrong, if it still holds.

    It does where it was made for the release that is in force.
    """
    found = find_newest_work(names.CHANGES, DONE)
    if found is None or found.result["release"] != get_visit().get_venue().published:
        return frozenset()
    return frozenset(one["sign"] for one in found.result["wrong"])
