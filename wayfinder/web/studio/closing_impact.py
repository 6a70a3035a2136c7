"""What closing something does, for pages: who is cut off at once, the rest when it is found."""

from collections.abc import Sequence
from typing import Any

from wayfinder.services.impact.closures import ask_closure_impact, find_closure_reach
from wayfinder.services.impact.document import write_reach
from wayfinder.services.impact.findings import are_ways_lost, list_reach, list_rest
from wayfinder.services.served import Served
from wayfinder.web.language import choose_language
from wayfinder.web.studio.room import get_room, get_visit


def tell_impact(served: Served, features: Sequence[str]) -> dict[str, Any]:
    """Return what a page says of closing something: ``reach`` at once, ``job`` and ``findings``.

    And ``ways_are_kept``: whether it is known that no entrance, sign or screen loses a way.
    """
    room, who, language = get_room(), get_visit().staff.name, choose_language()
    job = ask_closure_impact(room.background, room.desk.store, served, features, who=who)
    reach = write_reach(find_closure_reach(served, features), served.plan)
    findings = None if job.result is None else list_rest(job.result, language)
    return {
        "reach": list_reach(reach, language),
        "job": job,
        "findings": findings,
        "ways_are_kept": findings is not None and not are_ways_lost(findings),
    }
