"""A hospital of thousands of names, and what people type for them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wayfinder.model import Frame, Plan, make_feature
from wayfinder.presets import Preset, list_presets
from wayfinder.services.directory.pinyin import spell

_KINDS = frozenset({"clinic", "diagnostics"})
_BUILDINGS = ("门诊楼", "Outpatient Building"), ("医技楼", "Diagnostics"), ("住院楼", "Ward Tower")
_FLOORS = 12
_FRAME = Frame(116.4, 39.9)
_ROOM_M, _ROW = 6.0, 24
_MOST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """Something typed.

    Parameters
    ----------
    text
        What.
    manner
        In which way: ``name``, ``alias``, ``pinyin``, ``slip`` and so on.
    wanted
        Id of the place that is meant.
    """

    text: str
    manner: str
    wanted: str


def list_departments() -> list[Preset]:
    """List the presets that are departments here: no two have a name in common."""
    found = [preset for preset in list_presets() if preset.kind in _KINDS]
    names = Counter(name for preset in found for name in preset.name.values())
    return [p for p in found if all(names[name] == 1 for name in p.name.values())]


def make_names_plan(count: int) -> Plan:
    """Make a plan of so many places with names in two languages, and nothing to walk on.

    Every department has a reception, as its occupant, and consulting rooms that are numbered
    through.
    """
    features = list(_make_frame())
    departments = list_departments()
    for number in range(count):
        preset, room = departments[number % len(departments)], number // len(departments)
        level_id = f"level-{number % (len(_BUILDINGS) * _FLOORS)}"
        west, south = _ROOM_M * (number % _ROW), _ROOM_M * (number // _ROW)
        names = {"zh-Hans": f"{preset.name['zh-Hans']}{room}诊室",
                 "en": f"{preset.name['en']} Room {room}"}  # fmt: skip
        category = "consultingroom" if room else preset.category
        ring = [(west, south), (west + 5, south), (west + 5, south + 5), (west, south + 5)]
        shape = {"type": "Polygon", "coordinates": [[_degrees(*p) for p in (*ring, ring[0])]]}
        unit: dict[str, Any] = {"category": category, "level_id": level_id}
        if room:
            unit["name"] = names
        features.append(make_feature(f"unit-{number}", "unit", shape, unit))
        if not room:
            features += _make_reception(preset, number, (west, south))
    return Plan.of(features)


def list_typed(departments: Sequence[Preset]) -> Iterator[Typed]:
    """Yield what people type for the departments, in every manner that names one alone."""
    words = Counter(word.casefold() for preset in departments for word in set(preset.list_words()))
    initials = Counter(_find_initials(preset) for preset in departments)
    for number, preset in enumerate(departments):
        wanted = f"occupant-{number}"
        chinese, english = preset.name["zh-Hans"], preset.name["en"]
        yield Typed(chinese, "name", wanted)
        yield Typed(english.upper(), "name", wanted)
        yield Typed(f"{chinese}在哪里", "question", wanted)
        yield Typed(f"where is the {english}", "question", wanted)
        yield from (
            Typed(term, "alias", wanted)
            for terms in preset.terms.values()
            for term in terms[:2]
            if words[term.casefold()] == 1
        )
        spelling = spell(chinese)
        if spelling is not None:
            yield Typed(spelling.full, "pinyin", wanted)
            if len(spelling.initials) > _MOST_INITIALS and initials[spelling.initials] == 1:
                yield Typed(spelling.initials, "initials", wanted)
        slips = [chinese[:2] + chinese[3:]] if len(chinese) > 3 else []
        slips += [english[:5] + english[6:]] if len(english) > 8 and english.isalpha() else []
        # some are what people call another one
        yield from (Typed(slip, "slip", wanted) for slip in slips if not words[slip.casefold()])
        room = number + 7 * len(departments)
        yield Typed(f"{chinese}7诊室", "room", f"unit-{room}")
        yield Typed(f"{english} room 7", "room", f"unit-{room}")


def _find_initials(preset: Preset) -> str:
    spelling = spell(preset.name["zh-Hans"])
    return spelling.initials if spelling else ""


def _make_frame() -> Iterator[Any]:
    yield make_feature("venue", "venue", None, {"name": {"en": "Hospital of Names"}})
    for number, (chinese, english) in enumerate(_BUILDINGS):
        names = {"zh-Hans": chinese, "en": english}
        yield make_feature(f"building-{number}", "building", None, {"name": names})
    for number in range(len(_BUILDINGS) * _FLOORS):
        building, floor = divmod(number, _FLOORS)
        label = f"{floor + 1}F"
        values = {
            "name": {"zh-Hans": f"{floor + 1}层", "en": f"Floor {floor + 1}"},
            "short_name": {"en": label, "zh-Hans": label},
            "ordinal": floor,
            "building_ids": [f"building-{building}"],
        }
        yield make_feature(f"level-{number}", "level", None, values)


def _make_reception(preset: Preset, number: int, corner: tuple[float, float]) -> list[Any]:
    place = _degrees(corner[0] + 2, corner[1] + 2)
    anchor = {"unit_id": f"unit-{number}"}
    occupant = {
        "category": preset.category,
        "name": dict(preset.name),
        "anchor_id": f"anchor-{number}",
    }
    return [
        make_feature(f"anchor-{number}", "anchor", {"type": "Point", "coordinates": place}, anchor),
        make_feature(f"occupant-{number}", "occupant", None, occupant),
    ]


def _degrees(x_m: float, y_m: float) -> list[float]:
    return list(_FRAME.to_degrees(x_m, y_m))
