"""Steps and journeys in words: short sentences, one thing each, never an id or a coordinate."""

from collections.abc import Iterable
from math import ceil

from babel import Locale

from wayfinder.guide.catalogues import find_language, translate
from wayfinder.guide.names import OUTSIDE, Sign, say_floor, say_sign
from wayfinder.guide.step import (
    REASSURE_M,
    Direction,
    Landmark,
    Relation,
    Sight,
    Step,
    StepKind,
    Summary,
)

_NEAR_M = 3.0
"""A walk shorter than this is not worth a sentence (ours)."""

_FAR_M = 15.0
"""From where a door that one first goes through is worth saying how far it is (ours)."""

_CHANGES = frozenset({StepKind.LIFT, StepKind.STAIRS, StepKind.ESCALATOR, StepKind.RAMP})
_BEARINGS = frozenset({Relation.TOWARDS, Relation.AWAY, Relation.BESIDE})
_MINUTE_S = 60.0


def say_step(step: Step, language: str) -> str:
    """Say one step.

    Parameters
    ----------
    step
        The step.
    language
        BCP 47 tag.

    Returns
    -------
    str
        One or a few short sentences.
    """
    if step.kind is StepKind.DEPART:
        clauses = [*_say_facing(step, language), _say_departure(step, language)]
    elif step.kind is StepKind.CONTINUE:
        clauses = [_say_reassurance(step, language)]
    else:
        clauses = [*_say_walk(step, language), _say_act(step, language)]
    if step.way_out is not None:
        clauses.append(_say_way_out(step.way_out, language))
    if step.then is not None and (step.then is not Direction.STRAIGHT or step.kind in _CHANGES):
        clauses.append(_say_then(step, step.then, language))
    if step.towards is not None and not _says_towards(step, step.towards):
        clauses.append(_say_bearing(step.towards, language))
    return _join([clause for clause in clauses if clause], language)


def _says_towards(step: Step, towards: Landmark) -> bool:
    """Tell whether a step's own landmark already is what one is to walk towards."""
    landmark = step.landmark
    if landmark is None or landmark.relation is not Relation.TOWARDS:
        return False
    return (landmark.id, landmark.labels) == (towards.id, towards.labels)


def say_summary(summary: Summary, language: str) -> str:
    """Say how long a journey is, and how many lifts and stairs it has, up or down."""
    shortest, longest = (max(1, ceil(s / _MINUTE_S)) for s in summary.duration_range_s)
    distance = f"{round_distance_m(summary.distance_m):d}"
    if shortest == longest:
        clauses = [translate(language, "summary.time", distance=distance, count=longest)]
    else:
        clauses = [
            translate(
                language,
                "summary.time-range",
                distance=distance,
                shortest=shortest,
                longest=longest,
            )
        ]
    counts = [
        translate(language, f"count.{what}", count=count) for what, count in summary.counts.items()
    ]
    return _join([*clauses, *(counts or [translate(language, "summary.level")])], language)


def round_distance_m(distance_m: float) -> int:
    """Round as people speak: to 5 m below 50 m, to 10 m above, never to nothing."""
    step = 5 if distance_m < 47.5 else 10
    return max(5, int(distance_m / step + 0.5) * step)


def say_landmark(landmark: Landmark, language: str) -> str:
    """Say the name of a landmark, with a word for what it is where it has none."""
    return say_sign(Sign(landmark.labels, landmark.category), language)


def _say_distance(distance_m: float, language: str) -> str:
    return translate(language, "distance.m", distance=round_distance_m(distance_m))


def _say_walk(step: Step, language: str) -> list[str]:
    facing_nowhere = step.kind is StepKind.ARRIVE and step.direction is None
    if step.distance_m < _NEAR_M or facing_nowhere:
        return []
    base = "walk.on" if step.distance_m <= REASSURE_M else "walk.far"
    return [translate(language, base, distance=_say_distance(step.distance_m, language))]


def _say_facing(step: Step, language: str) -> list[str]:
    if step.direction is None:
        return []
    turn = _say_direction("face", step.direction, language)
    if step.at_sign:
        return [translate(language, "face.at-sign", turn=turn)]
    return [translate(language, "face.at-display", turn=turn) if step.at_display else turn]


def _say_direction(what: str, direction: Direction, language: str) -> str:
    return translate(language, f"{what}.{direction.replace(' ', '-')}")


def _say_departure(step: Step, language: str) -> str:
    landmark = step.landmark
    if landmark is None:
        return "" if step.direction is not None else translate(language, "depart.along")
    if landmark.relation in _BEARINGS:
        return _say_bearing(landmark, language)
    base = "depart.door" if _is_telling(landmark) else "depart.blank"
    name = say_landmark(landmark, language)
    if landmark.ordinal is None and step.distance_m >= _FAR_M and base == "depart.door":
        distance = _say_distance(step.distance_m, language)
        return translate(language, "depart.far", landmark=name, distance=distance)
    if landmark.ordinal is None:
        return translate(language, base, landmark=name)
    if landmark.ordinal == 1:
        return translate(language, f"{base}.nearest", landmark=name)
    ordinal = say_ordinal(landmark.ordinal, language)
    return translate(language, f"{base}.nth", landmark=name, ordinal=ordinal)


def _say_bearing(landmark: Landmark, language: str) -> str:
    name = say_landmark(landmark, language)
    side = f".{landmark.side}" if landmark.relation is Relation.BESIDE else ""
    return translate(language, f"depart.{landmark.relation}{side}", landmark=name)


def _say_reassurance(step: Step, language: str) -> str:
    distance = _say_distance(step.distance_m, language)
    if step.landmark is None:
        base = "continue.on" if step.distance_m <= REASSURE_M else "continue.far"
        return translate(language, base, distance=distance)
    side = step.landmark.side or Direction.LEFT
    name = say_landmark(step.landmark, language)
    return translate(language, f"continue.past.{side}", distance=distance, landmark=name)


def _say_act(step: Step, language: str) -> str:
    if step.kind is StepKind.TURN:
        return _say_turn(step, language)
    if step.kind in _CHANGES:
        return _say_change(step, language)
    if step.kind is StepKind.ARRIVE:
        return _say_arrival(step, language)
    return _say_door(step, language)


def _say_turn(step: Step, language: str) -> str:
    direction = step.direction or Direction.STRAIGHT
    turn = _say_direction("turn", direction, language)
    landmark = step.landmark
    if landmark is None:
        return translate(language, "turn-at.corner", turn=turn)
    if landmark.sight is Sight.END:
        return translate(language, "turn-at.end", turn=turn)
    if landmark.sight is Sight.TURNING:
        ordinal = say_ordinal(landmark.ordinal or 1, language)
        side = landmark.side or Direction.LEFT
        return translate(language, f"turn-at.turning.{side}", ordinal=ordinal, turn=turn)
    name = say_landmark(landmark, language)
    return translate(language, f"turn-at.{landmark.relation}", landmark=name, turn=turn)


def _is_telling(landmark: Landmark) -> bool:
    return Sign(landmark.labels, landmark.category).tells


def _say_where(landmark: Landmark, language: str) -> str:
    if landmark.side is None:
        return ""
    counted = landmark.side is Direction.STRAIGHT and landmark.ordinal is not None
    return translate(language, "where.counted" if counted else f"where.{landmark.side}")


def _say_door(step: Step, language: str) -> str:
    landmark = step.landmark or Landmark(None, Sight.DOOR, Relation.AT, side=step.direction)
    if step.kind is StepKind.DOOR:
        base = "door.sign" if _is_telling(landmark) else "door.blank"
    else:
        base = f"{step.kind}.door"
    values = {"where": _say_where(landmark, language), "landmark": say_landmark(landmark, language)}
    if landmark.ordinal is None:
        return translate(language, base, **values)
    ordinal = say_ordinal(landmark.ordinal, language)
    return translate(language, f"{base}.nth", ordinal=ordinal, **values)


def _say_change(step: Step, language: str) -> str:
    landmark = step.landmark or Landmark(None, Sight(step.kind), Relation.AT, category=step.kind)
    if landmark.ordinal is not None and not landmark.labels:
        ordinal = say_ordinal(landmark.ordinal, language)
        what = translate(language, f"nth.{step.kind}", ordinal=ordinal)
    else:
        what = say_landmark(landmark, language)
    return translate(
        language,
        f"{step.kind}.{step.direction}",
        what=what,
        where=_say_where(landmark, language),
        floor=say_floor(step.to_floor, language),
    )


def _say_way_out(landmark: Landmark, language: str) -> str:
    if _is_telling(landmark) and landmark.category != OUTSIDE:
        return translate(language, "way-out.sign", landmark=say_landmark(landmark, language))
    side = landmark.side or Direction.STRAIGHT
    plain = side.split(" ")[-1]
    return translate(language, f"way-out.{plain}")


def _say_then(step: Step, then: Direction, language: str) -> str:
    what = step.kind if step.kind in _CHANGES else StepKind.DOOR
    return translate(language, f"then.{what}", turn=_say_direction("turn", then, language))


def _say_arrival(step: Step, language: str) -> str:
    landmark = step.landmark or Landmark(None, Sight.PLACE, Relation.AT)
    telling = _is_telling(landmark)
    name = say_landmark(landmark, language) if telling else translate(language, "name.unnamed")
    if telling and step.goal:
        goal = say_sign(Sign(step.goal, "room"), language)
        name = translate(language, "name.also", name=goal, sign=name)
    if landmark.sight is Sight.PLACE and landmark.side in (None, Direction.STRAIGHT):
        return translate(language, "arrive.here", landmark=name)
    side = landmark.side or Direction.STRAIGHT
    # of doors that look alike the nearest is known by how far it is
    if landmark.side is None and landmark.ordinal is not None and landmark.ordinal > 1:
        ordinal = say_ordinal(landmark.ordinal, language)
        return translate(language, "arrive.nth-nearest", landmark=name, ordinal=ordinal)
    if landmark.side is None:
        distance = _say_distance(step.distance_m, language)
        return translate(language, "arrive.go", landmark=name, distance=distance)
    if landmark.ordinal is None:
        return translate(language, f"arrive.{side}", landmark=name)
    ordinal = say_ordinal(landmark.ordinal, language)
    return translate(language, f"arrive.{side}.nth", landmark=name, ordinal=ordinal)


def say_ordinal(number: int, language: str) -> str:
    """Say which one: ``first``, ``第一``."""
    if number <= 10:
        return translate(language, f"ordinal.{number}")
    form = Locale.parse(find_language(language), sep="-").ordinal_form(number)
    return translate(language, f"ordinal.{form}", number=number)


def _join(clauses: Iterable[str], language: str) -> str:
    """Join clauses to sentences, each with a capital letter where the script has one."""
    said = ""
    for clause in clauses:
        capital = clause[:1].upper() + clause[1:]
        said = translate(language, "sentence.join", first=said, second=capital) if said else capital
    return translate(language, "sentence.end", text=said) if said else ""
