"""What is said when a closure is ended: what it was about need not be open for all that."""

from collections.abc import Sequence

from wayfinder.services import conditions
from wayfinder.services.closing import Closable, list_closing, say_why_shut
from wayfinder.store.conditions import ConditionRecord
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
    store, language, now = get_room().desk.store, choose_language(), get_now()
    held = [one for one in conditions.list_all(store, slug) if one.holds_at(now)]
    closing = [record for one in closables for record in list_closing(held, one, now)]
    sets = sorted({record.set for record in closing if record.set})
    if sets:
        return tell_done(noted, "conditions.said.still-closed", name=name, sets=sets)
    if not ended:
        return tell_done(noted, "conditions.said.open-already", name=name)
    if not any(record.holds_at(now) for record in ended):
        return tell_done(noted, "conditions.said.not-to-come", name=name)
    current = get_served()
    found = conditions.find_held(store, slug, now)
    served = current.with_conditions(found, current.conditions_number)
    for one in closables:
        if why := say_why_shut(served, one, now, language):
            return tell_done(noted, "conditions.said.not-open", name=one.name, why=why)
    return tell_done(noted, "conditions.said.open", name=name)
