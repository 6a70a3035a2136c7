"""Areas of several rooms that are closed as one: sections, and geofences over several floors.

Patients look for those alone that have a name; staff close the others too, and know them by what
they are, where they are and which rooms are in them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.names import capitalise, name_level, sort_levels
from wayfinder.guide.words import say_feature_type
from wayfinder.kept import keep_with
from wayfinder.model import Feature, Geofence, Level, Section, pick_label
from wayfinder.services.directory.fold import list_words
from wayfinder.services.named import say_sort
from wayfinder.services.served import Served

_NAMED = 3
"""So many rooms of an area without a name are said (ours)."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area as one reads of it.

    Parameters
    ----------
    name
        Its name, else what it is with the rooms in it.
    where
        Its floors.
    level_id
        Id of the first of them, or None.
    """

    name: str
    where: str
    level_id: str | None


def describe_area(served: Served, feature_id: str, language: str) -> Area | None:
    """Say what an area is called and where it is; None for what is no area."""
    feature = served.plan.features.get(feature_id)
    if not isinstance(feature, Section | Geofence):
        return None
    levels = _list_levels(served, feature)
    floors = [name_level(served.plan, one, language) for one in levels]
    where = translate(language, "studio.conditions.names", names=floors) if floors else ""
    name = pick_label(feature.name, language) or _tell(served, feature, where, language)
    return Area(name, where, levels[0].id if levels else None)


def list_areas(served: Served, *, level_id: str | None = None) -> tuple[str, ...]:
    """List the ids of the areas that hold rooms, of the whole plan or those on a floor."""
    areas: list[Section | Geofence] = [
        *served.plan.list_of(Section),
        *served.plan.list_of(Geofence),
    ]
    return tuple(
        one.id
        for one in areas
        if served.network.places.get(one.id)
        and (level_id is None or level_id in _list_level_ids(one))
    )


def find_areas(served: Served, query: str) -> tuple[str, ...]:
    """Find the areas that a query names: all its words, in what is said of them in any language.

    Those that are called so come before those that hold a room that is.
    """
    words = list_words(query)
    if not words:
        return ()
    found = []
    for key, called, held in keep_with(served.network, "areas_told", lambda: _tell_all(served)):
        if all(_has(called, word) for word in words):
            found.append((0, key))
        elif all(_has(called, word) or _has(held, word) for word in words):
            found.append((1, key))
    return tuple(key for _, key in sorted(found, key=lambda one: one[0]))


def _has(told: frozenset[str], word: str) -> bool:
    """Tell whether a word is among others: a Latin one begins one of them, a Chinese is in one."""
    return any(one.startswith(word) if word.isascii() else word in one for one in told)


def _tell_all(served: Served) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """List the areas, each with the words for it in all languages, and those for its rooms."""
    return [(key, *_list_words(served, key)) for key in list_areas(served)]


def _list_words(served: Served, key: str) -> tuple[frozenset[str], frozenset[str]]:
    feature = served.plan[key]
    called, held = list(feature.name.values()), []
    for language in LANGUAGES:
        told = describe_area(served, key, language)
        # what is drawn with the editor's tool for zones is called so too, whatever it is
        zone = say_feature_type(Geofence.TYPE, language)
        kinds = (say_sort(feature, language), translate(language, "closing.area"), zone)
        called += [told.where if told is not None else "", *kinds]
        held += _name_rooms(served, key, language)
    return _split(called), _split(held)


def _split(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in list_words(text))


def _tell(served: Served, feature: Feature, where: str, language: str) -> str:
    """Name what has no name: what it is, and the first of its rooms, else where it is."""
    kind = capitalise(_say_kind(feature, language))
    rooms = _name_rooms(served, feature.id, language)
    if not rooms:
        return translate(language, "closing.area-on", kind=kind, floor=where) if where else kind
    names, more = rooms[:_NAMED], len(rooms) - _NAMED
    said = translate(language, "studio.conditions.names", names=names)
    if more > 0:
        said = translate(language, "studio.conditions.more", names=said, count=more)
    return translate(language, "closing.area-of", kind=kind, rooms=said)


def _say_kind(feature: Feature, language: str) -> str:
    if feature.category in {"unspecified", feature.feature_type}:
        return translate(language, "closing.area")
    return say_sort(feature, language)


def _name_rooms(served: Served, key: str, language: str) -> list[str]:
    """Name the rooms of an area, each name once, those with a name of their own first."""
    graph, directory = served.network.graph, served.directory
    units = dict.fromkeys(graph.nodes[node]["unit"] for node in served.network.places.get(key, ()))
    known = [served.plan[unit] for unit in units if unit is not None]
    hits = [
        (not one.name, hit.name)
        for one in known
        if (hit := directory.make_hit(one.id, language=language)) is not None
    ]
    return list(dict.fromkeys(name for _, name in sorted(hits, key=lambda one: one[0])))


def _list_levels(served: Served, area: Section | Geofence) -> list[Level]:
    ids = set(_list_level_ids(area))
    return [level for level in sort_levels(served.plan) if level.id in ids]


def _list_level_ids(area: Section | Geofence) -> Iterator[str]:
    if isinstance(area, Geofence):
        yield from area.level_ids
    elif area.level_id is not None:
        yield area.level_id
