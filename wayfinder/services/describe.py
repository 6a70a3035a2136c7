"""All that there is to know of a place: what its page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from shapely.geometry import Point

from wayfinder.checks.reach import measure_reach
from wayfinder.graph import Network
from wayfinder.guide.catalogues import translate
from wayfinder.kept import keep_with
from wayfinder.model import (
    Access,
    Building,
    Feature,
    Level,
    Plan,
    Section,
    Unit,
    Venue,
    pick_label,
)
from wayfinder.model.values import read_labels, read_text
from wayfinder.services.directory import Directory, Hit, Spot
from wayfinder.services.opening import Opening, find_opening, find_within
from wayfinder.services.served import Served


@dataclass(frozen=True, slots=True)
class Description:
    """A place, in one language.

    Parameters
    ----------
    hit
        What a list says of it: names, category, symbol, floor, building, distance.
    aliases
        What people call it, the names left out.
    about
        What to know about it; empty where nothing is written.
    number
        The number on its door or bay; empty where it has none.
    areas
        Names of the areas that it lies in, such as a ward or a colour zone, the smallest first.
    phone
        As it is written in the plan; empty where none is.
    access
        Who may enter.
    access_note
        The same in words; empty where all may.
    step_free
        Whether a way without steps leads there; None where nobody knows.
    step_free_note
        The same in words.
    opening
        Hours, open or closed now, closures.
    notices
        What everybody should read about it, its floor or its building.
    """

    hit: Hit
    aliases: tuple[str, ...]
    about: str
    number: str
    areas: tuple[str, ...]
    phone: str
    access: Access
    access_note: str
    step_free: bool | None
    step_free_note: str
    opening: Opening
    notices: tuple[str, ...]


def describe_place(
    served: Served,
    directory: Directory,
    feature_id: str,
    *,
    language: str,
    at: datetime | None = None,
    near: str | Spot | None = None,
    on: str | None = None,
) -> Description | None:
    """Describe a place, a floor or a building.

    Parameters
    ----------
    served
        The venue.
    directory
        Its places.
    feature_id
        Id of the feature.
    language
        BCP 47 tag.
    at
        Aware instant; None is now.
    near
        Where one is, for the distance.
    on
        Of `wayfinder.model.conditions.SURFACES`, where it is read: of the notices only those that
        are shown there. None: all.

    Returns
    -------
    Description or None
        None for an unknown id.
    """
    hit = directory.make_hit(feature_id, language=language, near=near)
    if hit is None:
        return None
    plan, instant = served.plan, at or datetime.now(UTC)
    features = directory.list_features(feature_id)
    access = _find_access(served, features)
    step_free = _find_step_free(served, features)
    return Description(
        hit=hit,
        aliases=_list_aliases(features, hit, language),
        about=next((text for one in features if (text := _read_about(one, language))), ""),
        number=next((n for n in map(_read_number, features) if n), ""),
        areas=tuple(_list_areas(plan, directory.find_spot(feature_id), hit.name, language)),
        phone=next((n for f in features if (n := read_text(f.properties, "phone"))), ""),
        access=access,
        access_note="" if access is Access.PUBLIC else translate(language, f"access.{access}"),
        step_free=step_free,
        step_free_note=_say_step_free(step_free, features[0], language),
        opening=find_opening(served, features, instant, language),
        notices=_list_notices(served, features, instant, language, on),
    )


def _say_step_free(step_free: bool | None, feature: Feature, language: str) -> str:  # noqa: FBT001 - what is said
    if isinstance(feature, Level | Building | Venue):
        return ""
    word = "unknown" if step_free is None else "yes" if step_free else "no"
    return translate(language, f"step-free.{word}")


def _read_about(feature: Feature, language: str) -> str:
    return pick_label(read_labels(feature.wayfinder, "description"), language)


def _read_number(feature: Feature) -> str:
    codes = feature.codes
    return read_text(feature.wayfinder, "ref") or codes.get("ref") or codes.get("room") or ""


def _list_aliases(features: tuple[Feature, ...], hit: Hit, language: str) -> tuple[str, ...]:
    """List what a place is called besides its names, in the reader's language."""
    found: dict[str, None] = {}
    spoken = language.partition("-")[0]
    for feature in features:
        tags = [tag for tag in feature.aliases if tag.partition("-")[0] == spoken]
        found |= dict.fromkeys(text for tag in tags for text in feature.aliases[tag])
        other = pick_label(feature.alt_name, language)
        found |= {other: None} if other else {}
    shown = (pick_label({"und": text}, language) for text in found)
    return tuple(text for text in shown if text and text not in {hit.name, hit.other_name})


def _list_areas(plan: Plan, spot: Spot | None, own: str, language: str) -> Iterator[str]:
    """Yield the names of the sections around a spot, the smallest first."""
    if spot is None:
        return
    point, around = Point(spot.x_m, spot.y_m), []
    for section in plan.list_on(spot.level_id, Section):
        area = plan.find_geometry_m(section.id)
        if section.name and area is not None and area.covers(point):
            around.append((area.area, pick_label(section.name, language)))
    yield from (name for _, name in sorted(around) if name != own)


def _find_access(served: Served, features: tuple[Feature, ...]) -> Access:
    """Return who may enter: as tagged, else as the zone of its room says."""
    tagged = next((one.access for one in features if one.access is not None), None)
    if tagged is not None:
        return tagged
    network = served.network
    zones = (network.zone_of_unit.get(unit) for unit in _list_units(network, features))
    zone = next((zone for zone in zones if zone is not None), None)
    return Access.PUBLIC if zone is None else network.zones[zone].access


def _list_units(network: Network, features: tuple[Feature, ...]) -> Iterator[str]:
    """Yield the ids of the rooms that a place is or lies in."""
    for feature in features:
        if isinstance(feature, Unit):
            yield feature.id
        else:
            for node in network.places.get(feature.id, ()):
                unit = network.graph.nodes[node]["unit"]
                if unit is not None:
                    yield unit


def _find_step_free(served: Served, features: tuple[Feature, ...]) -> bool | None:
    """Tell whether one gets there without steps; what is tagged unfit is not.

    Widths and slopes are not looked at: those are the profile's, and the way tells.
    """
    if any(feature.wheelchair is False for feature in features):
        return False
    units = set(_list_units(served.network, features))
    if not units:
        return None
    return not units.isdisjoint(_find_reach(served.network))


def make_ready(served: Served) -> None:
    """Find out beforehand what else whoever opens a first place's page would wait for."""
    _find_reach(served.network)


def _find_reach(network: Network) -> frozenset[str]:
    """Return the units that are reached without steps, kept as long as the network lives."""
    return keep_with(network, "step_free", lambda: measure_reach(network).step_free)


def _list_notices(
    served: Served,
    features: tuple[Feature, ...],
    instant: datetime,
    language: str,
    on: str | None,
) -> tuple[str, ...]:
    """List what is to be read about a place, its floor, its building or what else holds it."""
    within = find_within(features)
    expand = served.router.search.shafts.expand
    return tuple(
        pick_label(notice.text, language)
        for notice in served.conditions.notices_at(instant, on)
        if notice.feature is not None and not expand({notice.feature}).isdisjoint(within)
    )
