"""The places of a plan as rows: one a place, whatever it consists of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.names import capitalise
from wayfinder.kept import keep_with
from wayfinder.model import (
    Access,
    Amenity,
    Building,
    Feature,
    Kiosk,
    Level,
    Occupant,
    Plan,
    Section,
    Unit,
    Venue,
    pick_label,
)
from wayfinder.model.called import list_refs
from wayfinder.model.categories import SOLID, VERTICAL, is_through
from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.sign import SIGNAGE
from wayfinder.model.values import read_text
from wayfinder.presets import find_preset
from wayfinder.services.directory.entries import Entries, find_building, find_level
from wayfinder.services.directory_sheet.columns import Column, make_columns
from wayfinder.services.named import say_sort

ALIAS_MARK = "; "
"""Between what a place is called besides."""
_ROWS: tuple[type[Feature], ...] = (Venue, Building, Level, Occupant, Unit, Amenity, Section, Kiosk)
_OPEN = frozenset({Access.PUBLIC, Access.TICKETED})
_IMDF_ONLY = frozenset({"phone", "website"})
"""Known of what IMDF has them for: departments, facilities and the venue."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place.

    Parameters
    ----------
    feature
        What stands for it.
    group
        All that is one place with it, itself first: the room of a department, the other floors of
        a lift.
    cells
        Key of a column to what stands there.
    holders
        Key of a column that is taken over to what of the group holds it.
    ways
        Key of a column that is only shown to what it says in any language.
    """

    feature: Feature
    group: tuple[Feature, ...]
    cells: Mapping[str, str]
    holders: Mapping[str, Feature]
    ways: Mapping[str, frozenset[str]]

    def takes(self, column: Column) -> bool:
        """Tell whether what stands in a column is taken over: a room has no telephone."""
        if column.part not in _IMDF_ONLY:
            return column.is_taken
        terms = load_terms().get(self.holders[column.key].feature_type)
        return terms is not None and column.part in terms.members


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """All places of a plan.

    Parameters
    ----------
    columns
        What there is to be known of them.
    rows
        The places, in the order of a tour: the venue, its buildings and floors, then floor by floor
        by number and name.
    """

    columns: tuple[Column, ...]
    rows: tuple[PlaceRow, ...]


def list_rows(plan: Plan, language: str) -> PlaceRows:
    """List the places of a plan; what was listed is kept with it.

    Parameters
    ----------
    plan
        The plan.
    language
        Of what is only shown: floors, categories.
    """
    return keep_with(plan, f"directory rows {language}", lambda: _list_rows(plan, language))


def _list_rows(plan: Plan, language: str) -> PlaceRows:
    found = list(_list_places(plan))
    columns = tuple(make_columns(find_languages(plan), _list_systems(found)))
    rows = [_make_row(plan, group, columns, language) for group in found]
    return PlaceRows(columns, tuple(sorted(rows, key=lambda row: _find_order(plan, row))))


def find_languages(plan: Plan) -> list[str]:
    """List the languages of a plan's names, after those with catalogues, which never miss."""
    found = {tag for one in plan for tag in one.name if tag != "und"}
    return [*LANGUAGES, *sorted(found - set(LANGUAGES))]


def _list_places(plan: Plan) -> Iterator[tuple[Feature, ...]]:
    """Yield the places, each as what stands for it and what is one with that."""
    seen: set[str] = set()
    if plan.venue is not None:
        yield (plan.venue,)
    for entry in Entries(plan).make_all():
        group = tuple(one for one in entry.features if isinstance(one, _ROWS))
        seen.update(one.id for one in entry.features)
        if group and group[0].category != SIGNAGE:
            yield group
    for feature in plan:
        if feature.id not in seen and _may_be_named(feature):
            yield (feature,)


def _may_be_named(feature: Feature) -> bool:
    """Tell whether something without a name is a place all the same: a room that is to get one."""
    if isinstance(feature, Unit):
        preset = find_preset(feature.category)
        kind = preset.kind if preset is not None else ""
        walls = feature.category in SOLID or kind in {"structure", "glass", "void"}
        return not walls and feature.category not in VERTICAL and not is_through(feature)
    return isinstance(feature, Occupant | Kiosk)


def _list_systems(found: list[tuple[Feature, ...]]) -> list[str]:
    systems = {system for group in found for one in group for system in one.codes}
    return sorted(systems | {"his"})


def _make_row(
    plan: Plan, group: tuple[Feature, ...], columns: tuple[Column, ...], language: str
) -> PlaceRow:
    first = group[0]
    spoken = {tag: _show(plan, group, tag) for tag in dict.fromkeys((language, *LANGUAGES))}
    shown = spoken[language]
    ways = {key: frozenset(said[key] for said in spoken.values()) for key in shown}
    holders = {column.key: _find_holder(group, column) for column in columns if column.is_taken}
    taken = {
        column.key: read_cell(holders[column.key], column) for column in columns if column.is_taken
    }
    return PlaceRow(first, group, {**shown, **taken}, holders, ways)


def _show(plan: Plan, group: tuple[Feature, ...], language: str) -> dict[str, str]:
    """Return what only tells which place it is, in a language."""
    first = group[0]
    level, building = find_level(plan, first), find_building(plan, first)
    refs = [ref for one in group for ref in list_refs(one)]
    return {
        "id": first.id,
        "building": pick_label(building.name, language) if building is not None else "",
        "floor": "" if level is None else pick_label(level.short_name or level.name, language),
        "ref": refs[0] if refs else "",
        "category": capitalise(say_sort(first, language)),
        "accessible": _say_truth(any(one.wheelchair for one in group), language),
        "staff": _say_truth(_is_shut(group), language),
    }


def read_cell(feature: Feature, column: Column) -> str:
    """Return what stands in a column of what is taken over."""
    if column.part == "name":
        return feature.name.get(column.tag, "")
    if column.part == "aliases":
        return ALIAS_MARK.join(feature.aliases.get(column.tag, ()))
    if column.part == "code":
        return feature.codes.get(column.tag, "")
    if column.part == "hours":
        return feature.hours or ""
    return read_text(feature.properties, column.part) or ""


def _find_holder(group: tuple[Feature, ...], column: Column) -> Feature:
    """Return which of what is one place holds a cell: its code may be the room's."""
    first = group[0]
    if column.part == "name":
        return first
    return next((one for one in group if read_cell(one, column)), first)


def _say_truth(value: object, language: str) -> str:
    return translate(language, "sheet.yes") if value else ""


def _is_shut(group: tuple[Feature, ...]) -> bool:
    """Tell whether a place, or the room that it is in, is not for everybody."""
    return any(one.access is not None and one.access not in _OPEN for one in group)


def _find_order(plan: Plan, row: PlaceRow) -> tuple[int, float, str, str, str]:
    feature = row.feature
    rank = min(_ROWS.index(type(feature)), 3)
    level = find_level(plan, feature)
    ordinal = level.ordinal if level is not None else 0.0
    first = row.cells["building"] if rank == 3 else ""
    return rank, ordinal, first, row.cells["ref"], feature.id
