"""What is said when a condition is ended: what it closed need not be open for all that."""

from collections.abc import Sequence

from wayfinder.services import conditions
from wayfinder.services.closing import Closable
from wayfinder.services.reopened import find_outcome
from wayfinder.store.conditions import CLOSURE, ConditionRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.condition_parts import get_now, get_served, tell_done
from wayfinder.web.studio.room import get_room


def tell_opened(
    slug: str,
    noted: Sequence[int],
    *,
    ended: Sequence[ConditionRecord],
    closables: Sequence[Closable],
    name: str,
) -> dict[str, int]:
    """Say that something is open again, or what keeps it closed; return what offers to undo.

    Parameters
    ----------
    slug
        The venue.
    noted
        What stands in the log of it.
    ended
        The closures that are no more, as they were.
    closables
        What they were about.
    name
        What that is called.
    """
    store, now, current = get_room().desk.store, get_now(), get_served()
    found = conditions.find_held(store, slug, now)
    outcome = find_outcome(
        current.with_conditions(found, current.conditions_number),
        closables,
        name=name,
        ended=ended,
        left=conditions.list_all(store, slug),
        at=now,
        language=choose_language(),
    )
    warns = outcome.stays_shut
    return tell_done(noted, f"conditions.said.{outcome.code}", warns=warns, **outcome.values)


def tell_taken_out(noted: Sequence[int], record: ConditionRecord, name: str) -> dict[str, int]:
    """Say that a condition is in its set no more, which is off: nothing else is another."""
    word = "out-of-set" if record.draft.kind == CLOSURE else f"out-of-set-{record.draft.kind}"
    return tell_done(noted, f"conditions.said.{word}", name=name, set=record.set)
