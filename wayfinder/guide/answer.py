"""The answer as one JSON document: a journey with its steps in words, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from wayfinder.graph.network import Network
from wayfinder.guide.catalogues import translate
from wayfinder.guide.memory import recall
from wayfinder.guide.names import Sign
from wayfinder.guide.phrases import say_step
from wayfinder.guide.step import Landmark, Place, Step
from wayfinder.guide.words import say_refusal, say_warning
from wayfinder.model import Level, pick_label
from wayfinder.presets import name_category
from wayfinder.route.journey import Journey, Point, Refusal, RouteWarning, Stop

JsonObject = dict[str, Any]

_DEGREE_DIGITS = 8
"""About a millimetre."""
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
        "legs": _make_legs(network, journey),
        "steps": [
            _make_step(step, *words)
            for step, words in zip(steps, _find_words(network, steps, language), strict=True)
        ],
        "stops": _make_stops(journey.stops, steps, names),
        "verified": journey.verified,
        "unverified": [names.describe_feature(feature) for feature in journey.unverified],
        "release": journey.release,
        "conditions": journey.conditions,
        "warnings": [_make_warning(warning, language) for warning in journey.warnings],
    }


def make_refusal(refusal: Refusal, language: str) -> JsonObject:
    """Make the JSON document of a refusal: one code for programs, the finer cause beside it."""
    return {
        "error": {
            "code": "no-route",
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
        self._network = network
        self._language = language
        self._signs = recall(network).sights.signs

    def name(self, feature_id: str) -> str:
        """Return the name that a feature has itself, else what one reads there."""
        return _name_sign(self._signs.find_own(feature_id), self._language) or feature_id

    def describe(self, feature_id: str, level: str) -> JsonObject:
        return {"id": feature_id, "name": self.name(feature_id), "level": level}

    def describe_feature(self, feature_id: str) -> JsonObject:
        return {"id": feature_id, "name": self.name(feature_id)}


def _name_sign(sign: Sign, language: str) -> str:
    text = pick_label(sign.labels, language)
    # through a message: what could steer a terminal is taken out of names there
    return translate(language, "answer.name", name=text or name_category(sign.category, language))


def _find_end_levels(network: Network, journey: Journey) -> tuple[str, str]:
    last: str = network.graph.nodes[journey.stops[-1].node]["level"]
    return (journey.segments[0].level if journey.segments else last), last


def _make_legs(network: Network, journey: Journey) -> list[JsonObject]:
    """Join the lines of all that lies on one floor; a floor change ends one leg and begins one."""
    legs: list[tuple[str, list[Point]]] = []
    for segment in journey.segments:
        if not legs:
            legs.append((segment.level, []))
        if segment.level == segment.to_level:
            legs[-1][1].extend(segment.line)
        else:
            legs[-1][1].extend(segment.line[:1])
            legs.append((segment.to_level, list(segment.line[-1:])))
    if not legs:
        node = network.graph.nodes[journey.stops[-1].node]
        legs.append((node["level"], [(node["x"], node["y"])]))
    return [_make_leg(network, level, line) for level, line in legs]


def _make_leg(network: Network, level_id: str, line: Sequence[Point]) -> JsonObject:
    frame = network.plan.frame
    rounded = (_round_place(*frame.to_degrees(x, y)) for x, y in line)
    degrees = [place for place, _ in groupby(rounded)]
    level = network.plan.find(level_id, Level)
    return {
        "level": level_id,
        "ordinal": None if level is None else level.ordinal,
        "geometry": {
            "type": "LineString",
            "coordinates": degrees if len(degrees) > 1 else degrees * 2,
        },
    }


def _round_place(lon: float, lat: float) -> list[float]:
    return [round(lon, _DEGREE_DIGITS), round(lat, _DEGREE_DIGITS)]


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
    return {"level": place.level, "place": _round_place(place.lon, place.lat)}


def _name_landmark(landmark: Landmark | None, language: str) -> str | None:
    if landmark is None or landmark.id is None:
        return None
    return _name_sign(Sign(landmark.labels, landmark.category), language)


def _make_landmark(landmark: Landmark | None, name: str | None) -> JsonObject | None:
    return None if landmark is None or name is None else {"id": landmark.id, "name": name}


def _make_stops(stops: Sequence[Stop], steps: Sequence[Step], names: _Names) -> list[JsonObject]:
    """Make the stops; each begins with the step after the arrival at the one before."""
    arrivals = [number for number, step in enumerate(steps) if step.stop is not None]
    firsts = [0, *(number + 1 for number in arrivals)]
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
