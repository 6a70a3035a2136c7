"""Finished ways from a display to all that it leads to, in all languages: with and without network.

One document for a profile. What several ways share is written once; a single way, asked for while
there is a network, has the same form.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from math import ceil
from typing import Any

from wayfinder.draw.route import find_symbol, name_change
from wayfinder.guide.answer import name_place
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.phrases import round_distance_m, say_step
from wayfinder.guide.step import Step
from wayfinder.guide.steps import summarise
from wayfinder.guide.words import has_message, say_refusal, say_warning
from wayfinder.model import Closure, Display, ExceptionalHours
from wayfinder.route import RouteWarning
from wayfinder.route.journey import Point, Refusal, Segment
from wayfinder.route.targets import NEAREST, list_categories
from wayfinder.services.display_places import SORTS, find_goal, list_places
from wayfinder.services.hours import say_when
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served
from wayfinder.services.unsure import find_unsure_steps

JsonObject = dict[str, Any]

PROFILES = ("walk", "easy", "wheelchair")
"""For whom displays keep ways, in the order in which they are offered."""
HORIZON = timedelta(hours=72)
"""So long a display without network shows ways."""

_PER_METRE = 10
"""Points are in whole decimetres."""
_MOST_TURNS = 24
_MOST_BARS = 3
_BY_THE_HOUR = frozenset({"closes-soon", "destination-closed", "destination-opens-later"})
"""Warnings that hold for a moment: a display without network finds them anew from ``timed``."""


@dataclass(slots=True)
class Stage:
    """What is walked on one floor, and how one leaves it.

    Parameters
    ----------
    level
        Id of the level.
    at
        Where one comes to it, in metres.
    line
        What is walked, in metres; empty where one only changes floors.
    change
        How one leaves it; None at the end.
    steps
        Numbers of the steps that begin on it.
    """

    level: str
    at: Point
    line: list[Point] = field(default_factory=list)
    change: Segment | None = None
    steps: list[int] = field(default_factory=list)


def list_stages(way: Way) -> list[Stage]:
    """Cut a way into floors, in the order in which one comes to them; each step is on one.

    A floor that one only passes between two flights of the same stairs is no stage.
    """
    segments = way.journey.segments
    if not segments:
        start = way.steps[0].start
        return [Stage(start.level, start.point, steps=list(range(len(way.steps))))]
    stages = [Stage(segments[0].level, segments[0].line[0])]
    for segment in segments:
        stage = stages[-1]
        if segment.level == segment.to_level:
            stage.line += segment.line if not stage.line else segment.line[1:]
        else:
            stage.change = segment
            stages.append(Stage(segment.to_level, segment.line[-1]))
    _number_steps(stages, way.steps)
    return stages


def _number_steps(stages: list[Stage], steps: Iterable[Step]) -> None:
    """Give each step to the stage that it begins on; none goes back to an earlier one."""
    current = 0
    for number, step in enumerate(steps):
        ahead = range(current, len(stages))
        current = next((at for at in ahead if stages[at].level == step.start.level), current)
        stages[current].steps.append(number)


def find_version(served: Served, instant: datetime) -> str:
    """Return what changes whenever the ways of a venue's displays do.

    They depend on the release, on what is open at an aware instant, on what is going to close and
    on a fire; notices change nothing. The same in every process.
    """
    conditions = served.conditions
    epoch = served.router.schedule.find_epoch(instant, conditions)
    spans: tuple[Closure | ExceptionalHours, ...] = (*conditions.closures, *conditions.hours)
    # what is over counts no more, whether a process still knows it or not
    told = sorted(repr(one) for one in spans if one.end is None or instant < one.end)
    fire = served.fire.version if served.fire is not None else ""
    text = repr((served.snapshot.release.hash, epoch.id, told, fire))
    return blake2b(text.encode(), digest_size=9).hexdigest()


def list_goals(served: Served, display: Display) -> list[str]:
    """List what ways lead to: all public places, and the nearest of each sort that there is."""
    level = display.level_id
    places = dict.fromkeys(find_goal(entry, level) for entry in list_places(served))
    has = served.directory.has_category
    sorts = (sort for sort in SORTS if any(map(has, list_categories(sort))))
    return [*(f"{NEAREST}{sort}" for sort in sorts), *places]


class WaysMaker:
    """Makes the document of ways, one way after the other: whoever asks may pause between them.

    Parameters
    ----------
    served
        The venue.
    display
        Where ways begin: one looks at it.
    profile
        Name of a profile.
    at
        Aware instant at which hours and closures are judged.
    """

    def __init__(self, served: Served, display: Display, profile: str, at: datetime) -> None:
        self._served, self._display, self._profile = served, display, profile
        self._at = at.astimezone(served.router.schedule.zone)
        names = ("texts", "levels", "lines", "features", "steps", "changes", "timed")
        self._pools: Mapping[str, dict[Any, int]] = {name: {} for name in names}
        self._ways: dict[str, JsonObject] = {}
        self._known: dict[Hashable, tuple[object, int]] = {}
        """What was added of an object, which is kept so that its id stays its own."""

    def add(self, goal: str) -> None:
        """Add the way to a feature, or to ``nearest:CATEGORY``; or why there is none."""
        found = find_way(self._served, self._display.id, [goal], profile=self._profile, at=self._at)
        if isinstance(found, Refusal):
            self._ways[goal] = self._refuse(goal, found)
        else:
            self._ways[goal] = self._describe(found)

    def finish(self) -> JsonObject:
        """Return the document of the ways added.

        Returns
        -------
        dict
            JSON values. Numbers name rows of the tables:

            - ``version``, ``made_at``, ``profile``, ``languages``; ``current``: what `/now` says
              as long as nothing has changed; ``fire``: version of the fire that they avoid, or
              null;
            - ``texts``: each in all languages, in their order; ``levels``, ``features``: ids;
            - ``lines``: pairs of decimetres in the venue's frame, x east and y north, the first
              absolute and each further one relative to the one before;
            - ``steps``: ``[kind, direction, text, level, to_level, x, y, to_x, to_y, unsure]``:
              both ends in decimetres, 1 where it hangs on a lift or a door with hours;
            - ``changes``: ``[kind, symbol, floor, to_floor, carrier, x, y, to_x, to_y, climb]``:
              three texts, where one leaves and where one arrives, storeys (negative downward);
            - ``timed``: ``[name, is_open, instant…]``: what has hours, and the seconds since 1970
              at which it opens or closes within three days;
            - ``ways``: goal to ``{"to", "name", "range_s", "distance", "verified", "counts",
              "warnings", "steps", "stages", "features", "timed"}`` or ``{"to", "name",
              "refusal", "bars", "remedy"}``. A warning is a text and 1 where it holds by the hour,
              and so is a bar, what is in the way. A stage is ``[level, line, change, first step,
              x, y]``, line and change null where there is none. A remedy is a text and a profile
              or null, or null altogether.
        """
        pools = {name: list(pool) for name, pool in self._pools.items()}
        fire = self._served.fire
        return {
            "version": find_version(self._served, self._at),
            "current": self._served.version_at(self._at),
            "fire": fire.version if fire is not None else None,
            "made_at": self._at.isoformat(timespec="seconds"),
            "profile": self._profile,
            "languages": list(LANGUAGES),
            **pools,
            "ways": self._ways,
        }

    def _refuse(self, goal: str, refusal: Refusal) -> JsonObject:
        to = goal if goal in self._served.plan.features else None
        return {
            "to": to,
            "name": None if to is None else self._name(to),
            "refusal": self._add_text(say_refusal(refusal, tag) for tag in LANGUAGES),
            "bars": self._list_bars(refusal),
            "remedy": self._find_remedy(refusal.without or {}),
        }

    def _list_bars(self, refusal: Refusal) -> list[list[int]]:
        """List what is in the way by its name, and why it is."""
        network, reasons = self._served.network, refusal.values.get("barred", {})
        found: dict[int, int] = {}
        for feature in refusal.blocked_by:
            reason = f"bar.{reasons.get(feature)}"
            if not all(has_message(tag, reason) for tag in LANGUAGES):
                continue
            texts = [
                translate(
                    tag,
                    "kioskway.bar",
                    name=name_place(network, feature, tag),
                    why=translate(tag, reason),
                )
                for tag in LANGUAGES
            ]
            # a lift is a place on every floor
            found.setdefault(self._add_text(texts), int(reason == "bar.outside-hours"))
        return [list(bar) for bar in found.items()][:_MOST_BARS]

    def _find_remedy(self, without: Mapping[str, Any]) -> list[Any] | None:
        """Return what would work: a text, and the profile where that is one to choose from."""
        if "at" in without:
            at = datetime.fromisoformat(str(without["at"])).astimezone(self._at.tzinfo)
            texts = [
                translate(tag, "kioskway.remedy.at", when=say_when(at, self._at, tag))
                for tag in LANGUAGES
            ]
            return [self._add_text(texts), None]
        profile = without.get("profile")
        if profile not in PROFILES:
            return None
        minutes = max(1, ceil(without["duration_s"] / 60))
        texts = [
            translate(
                tag,
                "kioskway.remedy.profile",
                profile=translate(tag, f"kioskway.profile.{profile}"),
                time=translate(tag, "kioskway.minutes", count=minutes),
            )
            for tag in LANGUAGES
        ]
        return [self._add_text(texts), profile]

    def _describe(self, way: Way) -> JsonObject:
        journey, unsure = way.journey, find_unsure_steps(way)
        goal = journey.stops[-1].feature
        low_s, high_s = journey.duration_range_s
        used = sorted({key for segment in journey.segments for key in segment.features})
        steps = [
            self._add_step(step, unsure=number in unsure) for number, step in enumerate(way.steps)
        ]
        return {
            "to": goal,
            "name": self._name(goal),
            "range_s": [ceil(low_s), ceil(high_s)],
            "distance": self._say("distance.m", distance=round_distance_m(journey.distance_m)),
            "verified": journey.verified,
            "counts": [
                self._say(f"count.{what}", count=count)
                for what, count in summarise(journey).counts.items()
            ],
            "warnings": [self._warn(warning) for warning in journey.warnings],
            "steps": steps,
            "stages": [self._make_stage(stage) for stage in list_stages(way)],
            "features": [self._add("features", key) for key in used],
            "timed": [self._add_timed(key) for key in self._list_timed(way)],
        }

    def _add_step(self, step: Step, *, unsure: bool) -> int:
        def make() -> int:
            return self._add("steps", self._make_step(step, unsure=unsure))

        # many ways take the same runs, whose steps are the same objects
        return self._recall((id(step), unsure), step, make)

    def _make_step(self, step: Step, *, unsure: bool) -> tuple[Any, ...]:
        return (
            str(step.kind),
            None if step.direction is None else str(step.direction),
            self._add_text(say_step(step, tag) for tag in LANGUAGES),
            self._add("levels", step.start.level),
            self._add("levels", step.end.level),
            *_round((step.start.point, step.end.point)),
            int(unsure),
        )

    def _make_stage(self, stage: Stage) -> list[int | None]:
        line, change = _encode_line(stage.line), stage.change
        return [
            self._add("levels", stage.level),
            self._add("lines", line) if len(line) > 2 else None,
            None if change is None else self._add_change(change),
            stage.steps[0] if stage.steps else None,
            *_round((stage.at,)),
        ]

    def _add_change(self, change: Segment) -> int:
        def make() -> int:
            return self._add("changes", self._make_change(change))

        return self._recall(id(change), change, make)

    def _make_change(self, change: Segment) -> tuple[Any, ...]:
        plan = self._served.plan
        named = zip(*(name_change(plan, change, tag) for tag in LANGUAGES), strict=True)
        return (
            str(change.kind),
            find_symbol(change),
            *(self._add_text(texts) for texts in named),
            *_round((change.line[0], change.line[-1])),
            change.floors,
        )

    def _warn(self, warning: RouteWarning) -> list[int]:
        text = self._add_text(self._say_warning(warning, tag) for tag in LANGUAGES)
        return [text, int(warning.code in _BY_THE_HOUR)]

    def _say_warning(self, warning: RouteWarning, language: str) -> str:
        """Say a warning, its moment as people do: "tomorrow at 8:00"."""
        at = warning.values.get("at")
        if at is None:
            return say_warning(warning, language)
        when = say_when(datetime.fromisoformat(str(at)), self._at, language)
        return translate(language, f"kioskway.warning.{warning.code}", when=when)

    def _list_timed(self, way: Way) -> Iterator[str]:
        """Yield what a way depends on that has hours, its end first."""
        hours = self._served.router.schedule.hours
        exceptional = {one.feature for one in self._served.conditions.hours}
        stop = way.journey.stops[-1].feature
        used = (key for run in way.journey.runs for key in (*run.timed, *run.features))
        keys = dict.fromkeys((stop, *used))
        yield from (key for key in keys if key in hours or key in exceptional)

    def _add_timed(self, key: str) -> int:
        return self._recall(key, key, lambda: self._add("timed", self._make_timed(key)))

    def _make_timed(self, key: str) -> tuple[int | bool, ...]:
        schedule, conditions = self._served.router.schedule, self._served.conditions
        turns: list[int] = []
        at: datetime | None = self._at
        while len(turns) < _MOST_TURNS and at is not None:
            at = schedule.find_turn(key, at, conditions)
            if at is None or at > self._at + HORIZON:
                break
            turns.append(int(at.timestamp()))
        return (self._name(key), schedule.is_open(key, self._at, conditions), *turns)

    def _name(self, feature_id: str) -> int:
        network = self._served.network
        return self._add_text([name_place(network, feature_id, tag) for tag in LANGUAGES])

    def _say(self, msgid: str, **values: Any) -> int:  # noqa: ANN401 - as of `translate`
        return self._add_text(translate(tag, msgid, **values) for tag in LANGUAGES)

    def _add_text(self, texts: Iterable[str]) -> int:
        return self._add("texts", tuple(texts))

    def _recall(self, key: Hashable, owner: object, make: Callable[[], int]) -> int:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (owner, make())
        return known[1]

    def _add(self, table: str, value: Any) -> int:  # noqa: ANN401 - anything hashable
        pool = self._pools[table]
        return pool.setdefault(value, len(pool))


def _round(points: Iterable[Point]) -> Iterator[int]:
    return (round(value * _PER_METRE) for point in points for value in point)


def _encode_line(line: Iterable[Point]) -> tuple[int, ...]:
    """Return whole decimetres, each point but the first relative to the one before."""
    values: list[int] = []
    x = y = 0
    for easting, northing in line:
        next_x, next_y = round(easting * _PER_METRE), round(northing * _PER_METRE)
        if not values or (next_x, next_y) != (x, y):
            values += [next_x - x, next_y - y]
            x, y = next_x, next_y
    return tuple(values)
