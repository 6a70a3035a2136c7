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

Names = dict[str, dict[str, Any]]
"""Id of a feature to ``name`` and ``floor``, each by language, its ``level`` and maybe ``code``."""


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
        "journeys": _write_journeys(impact.journeys),
        "meanwhile": None if impact.meanwhile is None else _write_journeys(impact.meanwhile),
        "wrong": wrong,
        "planned": impact.planned,
        "displays": displays,
    }
    return {**document, "names": name_features(plans, _list_ids(document), codes or {})}


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
    for key in dict.fromkeys(ids):
        plan = next((plan for plan in plans if key in plan), None)
        if plan is None:
            continue
        feature = plan[key]
        level = find_level(plan, feature)
        found[key] = {
            "name": {language: _name(feature, language) for language in LANGUAGES},
            "floor": {language: name_level(plan, level, language) for language in LANGUAGES}
            if level is not None
            else {},
            "level": None if level is None else level.id,
        }
        if codes and key in codes:
            found[key]["code"] = codes[key]
    return found


def _name(feature: Feature, language: str) -> str:
    named = pick_label(find_labels(feature), language)
    return named or name_category(feature.category, language) or feature.id


def _write_journeys(journeys: JourneyImpact) -> dict[str, Any]:
    return {
        "places": journeys.places,
        "journeys": journeys.journeys,
        "gone": list(journeys.gone),
        "closed": list(journeys.closed),
        "unreachable": list(journeys.unreachable),
        "without_steps": list(journeys.without_steps),
        "gained": list(journeys.gained),
        "longer": [asdict(one) for one in journeys.longer],
        "barred": journeys.barred,
        "starts": len(journeys.starts),
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
    for journeys in (document["journeys"], document["meanwhile"]):
        if journeys is None:
            continue
        for key in ("gone", "closed", "unreachable", "without_steps", "gained"):
            yield from journeys[key]
        for one in journeys["longer"]:
            yield from (one["place"], one["start"])
    for one in document["wrong"]:
        yield one["sign"]
        if one["to"] is not None:
            yield one["to"]
    yield from (one["display"] for one in document["displays"])
