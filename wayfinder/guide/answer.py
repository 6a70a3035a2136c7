"""The answer as one JSON document: a journey with its steps in words, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from wayfinder.graph.network import Network
from wayfinder.guide.catalogues import translate
from wayfinder.guide.legs import make_legs, round_place
from wayfinder.guide.memory import recall
from wayfinder.guide.names import Sign, say_area
from wayfinder.guide.phrases import say_step
from wayfinder.guide.step import Landmark, Place, Step
from wayfinder.guide.words import say_refusal, say_warning
from wayfinder.model import pick_label
from wayfinder.presets import name_category
from wayfinder.route.journey import Journey, Refusal, RouteWarning, Stop

JsonObject = dict[str, Any]

_Words = Sequence[tuple[str, str | None]]
"""What is said of each step, and the name of its landmark."""


def make_answer(
    network: Network, journey: Journey, steps: Sequence[Step], language: str
) -> JsonObject:
    """Make the JSON document of a journey.

    Parameters
    ----------
    network
        The network that it was found in.
    journey
        The way found.
    steps
        Its steps.
    language
        BCP 47 tag of the language of names and words.

    Returns
    -------
    dict
        JSON values: metres, seconds, degrees as [longitude, latitude].
    """
    arrivals = [step.stop is not None for step in steps]
    return {
        **make_header(network, journey, arrivals, language),
        "legs": make_legs(network, journey),
        "steps": make_said_steps(network, steps, language),
    }


def make_header(
    network: Network, journey: Journey, arrivals: Sequence[bool], language: str
) -> JsonObject:
    """Make all of a journey's document but its lines and steps.

    Parameters
    ----------
    network, journey, language
        As for `make_answer`.
    arrivals
        Whether each step is an arrival at a stop.
    """
    names = _Names(network, language)
    first, last = _find_end_levels(network, journey)
    low, high = journey.duration_range_s
    return {
        "from": names.describe(journey.origin, first),
        "to": names.describe(journey.stops[-1].feature, last),
        "profile": journey.profile,
        "distance_m": round(journey.distance_m, 1),
        "duration_s": round(journey.duration_s),
        "duration_range_s": [round(low), round(high)],
        "stops": _make_stops(journey.stops, arrivals, names),
        "verified": journey.verified,
        "unverified": [names.describe_feature(feature) for feature in journey.unverified],
        "release": journey.release,
        "conditions": journey.conditions,
        "warnings": [_make_warning(warning, language) for warning in journey.warnings],
    }


def make_said_steps(network: Network, steps: Sequence[Step], language: str) -> list[JsonObject]:
    """Make the JSON values of steps with their words."""
    said = zip(steps, _find_words(network, steps, language), strict=True)
    return [_make_step(step, *words) for step, words in said]


def make_refusal(refusal: Refusal, language: str) -> JsonObject:
    """Make the JSON document of a refusal: one code for programs, the finer cause beside it."""
    return {
        "error": {
            # nobody is to look for another way into a building on fire
            "code": "fire" if refusal.code.startswith("fire") else "no-route",
            "cause": refusal.code,
            "reason": say_refusal(refusal, language),
            "blocked_by": list(refusal.blocked_by),
            "without": None if refusal.without is None else dict(refusal.without),
        }
    }


def name_place(network: Network, feature_id: str, language: str) -> str:
    """Return what a feature is called: its name, else what is in it, else its category."""
    return _Names(network, language).name(feature_id)


class _Names:
    """What features are called in one language."""

    def __init__(self, network: Network, language: str) -> None:
        memory = recall(network)
        self._language = language
        self._plan = network.plan
        self._signs = memory.sights.signs
        self._kept = memory.names

    def name(self, feature_id: str) -> str:
        """Return the name that a feature has itself, else what one reads there."""
        return self._kept.get((feature_id, self._language), partial(self._name, feature_id))

    def _name(self, feature_id: str) -> str:
        area = say_area(self._plan.features.get(feature_id), self._language)
        return area or _name_sign(self._signs.find_own(feature_id), self._language) or feature_id

    def describe(self, feature_id: str, level: str) -> JsonObject:
        return {"id": feature_id, "name": self.name(feature_id), "level": level}

    def describe_feature(self, feature_id: str) -> JsonObject:
        return {"id": feature_id, "name": self.name(feature_id)}


def _name_sign(sign: Sign, language: str) -> str:
    text = pick_label(sign.labels, language)
    # through a message: what could steer a terminal is taken out of names there
    return translate(language, "answer.name", name=text or name_category(sign.category, language))


def _find_end_levels(network: Network, journey: Journey) -> tuple[str, str]:
    nodes, last = network.graph.nodes, journey.stops[-1].node
    first = journey.runs[0].first if journey.runs else last
    return nodes[first]["level"], nodes[last]["level"]


def _find_words(network: Network, steps: Sequence[Step], language: str) -> _Words:
    """Say steps, and remember what was said with the very step that it was said of.

    Many take the same runs; the steps of a run are made once, and so are their words.
    """
    words = recall(network).words
    return [words.get((id(step), language), partial(_say, step, language)).words for step in steps]


@dataclass(frozen=True, slots=True)
class _Said:
    """A step and its words: while they are kept, so is the step, and its id is its own."""

    step: Step
    words: tuple[str, str | None]


def _say(step: Step, language: str) -> _Said:
    return _Said(step, (say_step(step, language), _name_landmark(step.landmark, language)))


def _make_step(step: Step, text: str, landmark: str | None) -> JsonObject:
    return {
        "kind": str(step.kind),
        "direction": None if step.direction is None else str(step.direction),
        "text": text,
        "level": step.start.level,
        "distance_m": round(step.distance_m, 1),
        "from": _make_place(step.start),
        "to": _make_place(step.end),
        "landmark": _make_landmark(step.landmark, landmark),
    }


def _make_place(place: Place) -> JsonObject:
    return {"level": place.level, "place": round_place(place.lon, place.lat)}


def _name_landmark(landmark: Landmark | None, language: str) -> str | None:
    if landmark is None or landmark.id is None:
        return None
    return _name_sign(Sign(landmark.labels, landmark.category), language)


def _make_landmark(landmark: Landmark | None, name: str | None) -> JsonObject | None:
    return None if landmark is None or name is None else {"id": landmark.id, "name": name}


def _make_stops(stops: Sequence[Stop], arrivals: Sequence[bool], names: _Names) -> list[JsonObject]:
    """Make the stops; each begins with the step after the arrival at the one before."""
    firsts = [0, *(number for number, arrives in enumerate(arrivals, start=1) if arrives)]
    return [
        {
            **names.describe_feature(stop.feature),
            "arrive_s": round(stop.arrive_s),
            "first_step": first,
        }
        for stop, first in zip(stops, firsts, strict=False)
    ]


def _make_warning(warning: RouteWarning, language: str) -> JsonObject:
    return {
        "code": warning.code,
        "features": list(warning.features),
        "message": say_warning(warning, language),
    }
