"""What is said when a condition is ended: what it closed need not be open for all that."""

from collections.abc import Sequence

from wayfinder.services import conditions
from wayfinder.services.closing import Closable, list_closing, say_why_shut
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
    store, now = get_room().desk.store, get_now()
    lasting = [one for one in conditions.list_all(store, slug) if one.active]
    closing = [record for one in closables for record in list_closing(lasting, one, now)]
    held = [record for record in closing if record.holds_at(now)]
    sets = sorted({record.set for record in held if record.set})
    if sets:
        return tell_done(noted, "conditions.said.still-closed", name=name, sets=sets)
    if not ended:
        return tell_done(noted, "conditions.said.open-already", name=name)
    if held or any(record.holds_at(now) for record in ended):
        return _tell_now(slug, noted, closables, name)
    word = "more-to-come" if closing else "not-to-come"
    return tell_done(noted, f"conditions.said.{word}", name=name)


def tell_taken_out(noted: Sequence[int], record: ConditionRecord, name: str) -> dict[str, int]:
    """Say that a condition is in its set no more, which is off: nothing else is another."""
    word = "out-of-set" if record.draft.kind == CLOSURE else f"out-of-set-{record.draft.kind}"
    return tell_done(noted, f"conditions.said.{word}", name=name, set=record.set)


def _tell_now(
    slug: str, noted: Sequence[int], closables: Sequence[Closable], name: str
) -> dict[str, int]:
    """Say that something is open, or why it is not, as all is that the store knows by now."""
    language, now, current = choose_language(), get_now(), get_served()
    found = conditions.find_held(get_room().desk.store, slug, now)
    served = current.with_conditions(found, current.conditions_number)
    for one in closables:
        if why := say_why_shut(served, one, now, language):
            return tell_done(noted, "conditions.said.not-open", name=one.name, why=why)
    return tell_done(noted, "conditions.said.open", name=name)
