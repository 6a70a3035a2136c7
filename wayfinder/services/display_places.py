"""What a kiosk lists and searches: every public place of a venue, in all its languages, at once.

The same document serves with and without network, so nothing that somebody types leaves the screen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from wayfinder.guide.groups import get_groups
from wayfinder.guide.names import capitalise
from wayfinder.kept import keep_with
from wayfinder.languages import LANGUAGES
from wayfinder.model import Building, Level, Occupant, Section, Unit, pick_label
from wayfinder.model.called import list_texts
from wayfinder.presets import Preset, find_preset, list_kinds
from wayfinder.route.targets import list_categories
from wayfinder.services.directory import Hit, HitKind
from wayfinder.services.directory.entries import Entry, find_building, list_numbers
from wayfinder.services.directory.fold import is_han, list_words
from wayfinder.services.directory.ordering import make_order
from wayfinder.services.directory.pinyin import spell
from wayfinder.services.served import Served

JsonObject = dict[str, Any]
Pool = dict[Any, int]
"""A value to its number in a table."""

DEPARTMENT, PLACE, ROOM = 2, 1, 0
"""How much a place counts: what people come for; what a list of a floor names; the rest."""

SORTS = (
    *("emergency", "information", "registration", "checkin.selfservice", "cashier", "pharmacy"),
    *("bloodsampling", "laboratory", "restroom", "restroom.wheelchair", "mothersroom"),
    *("babychanging", "elevator", "escalator", "stairs", "pedestrian.principal", "parking"),
    *("taxi", "bus", "wheelchairloan", "drinkingfountain", "waitingroom", "familywaiting"),
    *("foodservice", "restaurant", "cafe", "convenience", "vendingmachine", "atm", "bank"),
    *("powerchargingstation", "phone", "lostandfound", "security", "police", "defibrillator"),
    *("prayerroom", "smokingarea"),
)
"""Sorts of places that people look for without knowing which one, in the order of a list (ours)."""

_NEVER = frozenset(
    {
        *("seating", "fireextinguisher", "firealarmpullstation", "emergencyshelter", "signage"),
        *("display", "walkway", "walkway.island", "road", "ramp", "handsanitizerstation", "waste"),
    }
)
"""What nobody asks a kiosk for by name, or only walks over."""
_DULL = frozenset({"circulation", "vertical", "structure", "outdoor", "road", "parking"})
_ROOMS = frozenset({"patientroom", "consultingroom", "treatmentroom", "parking.bay"})
"""Categories that come by the dozen: found by their number, listed nowhere."""
_PER_METRE = 10


def list_places(served: Served) -> tuple[Entry, ...]:
    """List the public places of a venue that a display leads to, in the plan's order."""
    return keep_with(served.plan, "display-places", lambda: tuple(_list_places(served)))


def _list_places(served: Served) -> Iterator[Entry]:
    for entry in served.directory.entries:
        if entry.kind is HitKind.PLACE and entry.public and entry.spots:
            preset = entry.preset
            kinds = set(list_kinds(entry.categories[0]))
            if kinds.isdisjoint(_NEVER) and (preset is None or preset.kind != "structure"):
                yield entry


def find_goal(entry: Entry, level_id: str) -> str:
    """Return the feature that somebody on a level is led to: of a lift where it stops there."""
    same = (key for key, spot in entry.spots if spot.level_id == level_id)
    return next(same, entry.id)


def make_directory(served: Served, level_id: str) -> JsonObject:
    """Make the document of all public places as displays on a level have it.

    Parameters
    ----------
    served
        The venue.
    level_id
        Where the display is: of what is on many floors, such as a lift, this one's is meant.

    Returns
    -------
    dict
        JSON values. ``name`` and its like are texts by language; numbers refer to the tables:

        - ``languages``; ``venue``: its name;
        - ``buildings``: ``{"id", "name", "letter"}``; ``floors``, the highest first:
          ``{"id", "label", "name", "building", "ordinal"}``;
        - ``categories``: ``{"id", "name", "symbol", "kind", "rank", "texts"}``;
        - ``sorts``: numbers of the categories that are lists of their own, in their order;
        - ``texts``: ``[words, pinyin, initials]``, folded as searches compare them, the words of
          one text apart by spaces;
        - ``places``: ``{"id", "name", "area", "floor", "category", "sorts", "at", "weight",
          "order", "initial", "texts", "rooms"}``: ``at`` in decimetres of the venue's frame,
          ``weight`` `DEPARTMENT`, `PLACE` or `ROOM`, ``order`` what lists sort by, ``initial`` the
          letter that it is under, the names first in ``texts``, ``rooms`` the ids of units that are
          one place with it.
    """
    owner, name = served.plan, f"display-directory-{level_id}"
    return keep_with(owner, name, lambda: _Maker(served, level_id).make())


class _Maker:
    def __init__(self, served: Served, level_id: str) -> None:
        self._served, self._plan, self._level_id = served, served.plan, level_id
        self._categories: Pool = {}
        self._texts: Pool = {}
        levels = sorted(self._plan.levels, key=lambda one: -one.ordinal)
        self._floors = {level.id: number for number, level in enumerate(levels)}
        self._levels = levels
        buildings = self._plan.list_of(Building)
        self._buildings = {building.id: number for number, building in enumerate(buildings)}
        directory = served.directory
        self._sorts = [
            sort for sort in SORTS if any(map(directory.has_category, list_categories(sort)))
        ]

    def make(self) -> JsonObject:
        entries = list_places(self._served)
        places = self._list_places(entries)
        # in the order of the lists
        sorts = [self._find_category(sort) for sort in self._sorts]
        categories = [self._describe_category(category) for category in self._categories]
        venue = self._served.name
        return {
            "languages": list(LANGUAGES),
            "venue": {tag: pick_label(venue, tag) for tag in LANGUAGES},
            "buildings": [self._describe_building(one) for one in self._plan.list_of(Building)],
            "floors": [self._describe_floor(level) for level in self._levels],
            "categories": categories,
            "sorts": sorts,
            "texts": [list(text) for text in self._texts],
            "places": places,
        }

    def _list_places(self, entries: tuple[Entry, ...]) -> list[JsonObject]:
        goals = [find_goal(entry, self._level_id) for entry in entries]
        hits = {tag: self._make_hits(goals, tag) for tag in LANGUAGES}
        made = []
        for entry, goal in zip(entries, goals, strict=True):
            own = {tag: hits[tag][goal] for tag in LANGUAGES}
            made.append(self._describe_place(entry, goal, own))
        return made

    def _make_hits(self, goals: list[str], language: str) -> Mapping[str, Hit]:
        found = self._served.directory.make_hits(goals, language=language)
        return {hit.id: hit for hit in found}

    def _describe_place(self, entry: Entry, goal: str, hits: Mapping[str, Hit]) -> JsonObject:
        spot = next((one for key, one in entry.spots if key == goal), entry.spots[0][1])
        names = {tag: capitalise(hit.name) for tag, hit in hits.items()}
        orders = {tag: make_order(name, tag) for tag, name in names.items()}
        texts = [*names.values(), *self._list_called(entry)]
        area = {tag: hit.area for tag, hit in hits.items() if hit.area}
        kinds = {kind for category in entry.categories for kind in list_kinds(category)}
        rooms = [one.id for one in entry.features if isinstance(one, Unit) and one.id != goal]
        sorts = [number for number, sort in enumerate(self._sorts) if _is_of(sort, kinds)]
        return {
            "id": goal,
            "name": names,
            **({"area": area} if area else {}),
            **({"rooms": rooms} if rooms else {}),
            "floor": self._floors[spot.level_id],
            "category": self._find_category(entry.categories[0]),
            "sorts": sorts,
            "at": [round(spot.x_m * _PER_METRE), round(spot.y_m * _PER_METRE)],
            "weight": _weigh(entry),
            "order": orders,
            "initial": {tag: _find_initial(order) for tag, order in orders.items()},
            "texts": list(dict.fromkeys(self._find_text(text) for text in texts if text)),
        }

    def _list_called(self, entry: Entry) -> Iterator[str]:
        for feature in entry.features:
            yield from (text for text, _ in list_texts(feature))
            yield from list_numbers(feature)

    def _find_category(self, category: str) -> int:
        return self._categories.setdefault(category, len(self._categories))

    def _find_text(self, text: str) -> int:
        spelling = spell(text)
        # an alias may mix both: `CT室`; its letters are words of their own
        spelt = (spelling.full, spelling.initials) if spelling is not None else ("", "")
        return self._texts.setdefault((" ".join(list_words(text)), *spelt), len(self._texts))

    def _describe_category(self, category: str) -> JsonObject:
        preset = find_preset(category)
        if preset is None:
            return {"id": category, "name": {}, "symbol": None, "kind": "", "rank": 9, "texts": []}
        # what toilets are called men's toilets are called too
        kinds = (find_preset(kind) for kind in list_kinds(category))
        words = (word for kind in kinds if kind is not None for word in kind.list_words())
        texts = (self._find_text(text) for text in words)
        return {
            "id": category,
            "name": {tag: pick_label(preset.name, tag) for tag in LANGUAGES},
            "symbol": preset.symbol,
            "kind": preset.kind,
            "rank": preset.rank,
            "texts": list(dict.fromkeys(texts)),
        }

    def _describe_building(self, building: Building) -> JsonObject:
        group = get_groups(self._plan).find_group(building.id)
        return {
            "id": building.id,
            "name": {tag: pick_label(building.name, tag) for tag in LANGUAGES},
            "letter": group.letter if group is not None else "",
        }

    def _describe_floor(self, level: Level) -> JsonObject:
        building = find_building(self._plan, level)
        return {
            "id": level.id,
            "label": {tag: pick_label(level.short_name or level.name, tag) for tag in LANGUAGES},
            "name": {tag: pick_label(level.name, tag) for tag in LANGUAGES},
            "building": None if building is None else self._buildings[building.id],
            "ordinal": level.ordinal,
        }


def _is_of(sort: str, kinds: set[str]) -> bool:
    return not kinds.isdisjoint(list_categories(sort))


def _weigh(entry: Entry) -> int:
    feature, preset = entry.features[0], entry.preset
    kind = preset.kind if preset is not None else ""
    if isinstance(feature, Occupant):
        return DEPARTMENT
    nameless = not feature.name or isinstance(feature, Section)
    dull = entry.categories[0] in _ROOMS or (kind in _DULL and not _is_landmark(preset))
    toilet = isinstance(feature, Unit) and kind == "sanitary"
    return ROOM if nameless or dull or toilet else PLACE


def _is_landmark(preset: Preset | None) -> bool:
    """Tell whether what one walks or drives through is looked for by its name: an entrance."""
    return preset is not None and preset.category in {"pedestrian.principal", "parking"}


def _find_initial(order: str) -> str:
    first = order[:1].upper()
    return first if first.isascii() and first.isalpha() and not is_han(first) else "#"
