"""An impact as JSON that says by itself what everything is called: kept, and shown without a plan.

Names are in all languages that there are words in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from wayfinder.checks.sign_changes import Wrong
from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.guide.names import find_labels, name_level
from wayfinder.model import Feature, Plan, pick_label
from wayfinder.presets import name_category
from wayfinder.services.directory.entries import find_level
from wayfinder.services.impact.impact import Impact
from wayfinder.services.impact.journeys import JourneyImpact
from wayfinder.services.impact.reach import Reach

Names = dict[str, dict[str, Any]]
"""Id of a feature to ``name`` and ``floor``, each by language, and maybe ``code`` and ``room``."""
_LOST = ("gone", "closed", "unreachable", "without_steps", "gained")


def write_impact(
    impact: Impact, plans: Sequence[Plan], *, codes: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Write an impact.

    Parameters
    ----------
    impact
        What was found.
    plans
        The plans that it is about; the first that has a feature says what it is called.
    codes
        Sign id to the code of the sign, as it is read out on the telephone.
    """
    wrong = [_write_wrong(one, plans[-1]) for one in impact.wrong]
    displays = [
        {"display": one.display, "reasons": [str(reason) for reason in one.reasons]}
        for one in impact.displays
    ]
    document = {
        "reach": _write_reach(impact.reach),
        "journeys": _write_journeys(impact.journeys),
        "meanwhile": None if impact.meanwhile is None else _write_reach(impact.meanwhile),
        "wrong": wrong,
        "planned": impact.planned,
        "displays": displays,
    }
    names = name_features(plans, _list_ids(document), codes or {})
    return {**document, "names": _mark_rooms(names, impact.reach)}


def write_reach(reach: Reach, plan: Plan) -> dict[str, Any]:
    """Write what is known before all else is: a part of what `write_impact` writes."""
    document = {"reach": _write_reach(reach)}
    return {**document, "names": _mark_rooms(name_features((plan,), _list_ids(document)), reach)}


def _mark_rooms(names: Names, reach: Reach) -> Names:
    """Tell rooms from departments and services."""
    for key in reach.rooms & names.keys():
        names[key]["room"] = True
    return names


def name_features(
    plans: Sequence[Plan], ids: Iterable[str], codes: Mapping[str, str] | None = None
) -> Names:
    """Say what features are called and on which floor they are, in all languages.

    Parameters
    ----------
    plans
        The first that has a feature says it; of what none has nothing is said.
    ids
        Of the features.
    codes
        Sign id to its code.
    """
    found: Names = {}
    floors: dict[str, dict[str, str]] = {}
    for key in dict.fromkeys(ids):
        plan = next((plan for plan in plans if key in plan), None)
        if plan is None:
            continue
        feature = plan[key]
        level = find_level(plan, feature)
        if level is not None and level.id not in floors:
            floors[level.id] = {tag: name_level(plan, level, tag) for tag in LANGUAGES}
        found[key] = {
            "name": {language: _name(feature, language) for language in LANGUAGES},
            "floor": {} if level is None else floors[level.id],
        }
        if codes and key in codes:
            found[key]["code"] = codes[key]
    return found


def _name(feature: Feature, language: str) -> str:
    named = pick_label(find_labels(feature), language)
    return named or name_category(feature.category, language) or feature.id


def _write_reach(reach: Reach) -> dict[str, Any]:
    lost: dict[str, Any] = {code: list(getattr(reach, code)) for code in _LOST}
    return {"places": reach.places, "rooms": len(reach.rooms), **lost}


def _write_journeys(journeys: JourneyImpact) -> dict[str, Any]:
    return {
        "journeys": journeys.journeys,
        "longer": [asdict(one) for one in journeys.longer],
        "barred": journeys.barred,
        "barred_on_wheels": journeys.barred_on_wheels,
        "lost": [asdict(one) for one in journeys.lost],
    }


def _write_wrong(wrong: Wrong, after: Plan) -> dict[str, Any]:
    feature = after.features.get(wrong.to or "")
    called = {} if feature is None else {one: _name(feature, one) for one in LANGUAGES}
    return {
        "called": called,
        "sign": wrong.sign,
        "code": wrong.code,
        "to": wrong.to,
        "printed": None if wrong.printed is None else str(wrong.printed),
        "right": None if wrong.right is None else str(wrong.right),
    }


def _list_ids(document: Mapping[str, Any]) -> Iterable[str]:
    """List all that is named in what was written."""
    for reach in filter(None, (document["reach"], document.get("meanwhile"))):
        for key in _LOST:
            yield from reach[key]
    for one in document.get("journeys", {}).get("longer", ()):
        yield from (one["place"], one["start"])
    for one in document.get("journeys", {}).get("lost", ()):
        yield from (*one["starts"], *one["places"])
    for one in document.get("wrong", ()):
        yield one["sign"]
        if one["to"] is not None:
            yield one["to"]
    yield from (one["display"] for one in document.get("displays", ()))
