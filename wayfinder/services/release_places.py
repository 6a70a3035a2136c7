"""The places of a release by floor, for whoever looks a release through."""

from collections.abc import Mapping
from dataclasses import dataclass

from wayfinder.guide.names import find_labels
from wayfinder.model import Plan, pick_label
from wayfinder.presets import name_category
from wayfinder.services.directory.entries import Entries
from wayfinder.services.directory.hits import HitKind


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place.

    Parameters
    ----------
    id
        Of the feature that stands for it.
    name
        What it is called, else what it is.
    sort
        What it is; empty where that is its name.
    public
        Whether everybody may enter.
    """

    id: str
    name: str
    sort: str
    public: bool


FloorPlaces = tuple[PlaceLine, ...]


def list_places(plan: Plan, language: str) -> Mapping[str, FloorPlaces]:
    """List what people can ask the way to: id of each floor to its places, by name.

    What is on several floors, a lift say, is in the list of each.
    """
    found: dict[str, list[PlaceLine]] = {}
    for entry in Entries(plan).make_all():
        if entry.kind is not HitKind.PLACE:
            continue
        sort = name_category(entry.categories[0], language) or ""
        name = pick_label(find_labels(entry.features[0]), language)
        for feature_id, spot in entry.spots:
            line = PlaceLine(feature_id, name or sort, sort if name else "", entry.public)
            found.setdefault(spot.level_id, []).append(line)
    return {
        level: tuple(sorted(lines, key=lambda one: (one.name.casefold(), one.id)))
        for level, lines in found.items()
    }
