"""What a face calls a place, and what it says of it besides the name: floor, zone, symbol."""

from collections.abc import Iterable
from functools import cached_property

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.face import Face, FaceLine
from wayfinder.guide.groups import Group, GroupKind, find_level, find_unit, get_groups
from wayfinder.guide.memory import recall
from wayfinder.model import Access, Arrow, Building, Feature, Labels, Level, Opening, Sign
from wayfinder.model.categories import ALIKE
from wayfinder.model.values import read_text
from wayfinder.presets import find_preset, list_kinds
from wayfinder.services.served import Served
from wayfinder.services.sign_ways import EMERGENCY, SignWay

_NO_LABELS: Labels = {}


class LineMaker:
    """Makes the lines of one face.

    Parameters
    ----------
    served
        The venue.
    sign
        The face. What is on its own floor, or in its own zone, is not told so.
    """

    def __init__(self, served: Served, sign: Sign) -> None:
        self._served, self._sign = served, sign

    def make_head(self) -> Face:
        """Return a face that says where it hangs, and announces nothing yet."""
        plan, sign = self._served.plan, self._sign
        level = plan.find(sign.level_id, Level)
        building = next((one for one in self._around if one.kind is GroupKind.BUILDING), None)
        several = len(plan.list_of(Building)) > 1
        return Face(
            sign=sign,
            here=recall(self._served.network).sights.signs.read(sign.unit_id).labels,
            floor=(level.short_name or level.name) if level is not None else _NO_LABELS,
            building=building.labels if building is not None and several else _NO_LABELS,
            zone=_find_zone(self._around),
            phone=(read_text(plan.venue.properties, "phone") or "") if plan.venue else "",
        )

    def make_line(self, feature: Feature, arrow: Arrow, way: SignWay | None) -> FaceLine:
        """Make the line of a place or a group, as far off as its way is long."""
        groups = get_groups(self._served.plan)
        group, around = groups.find_group(feature.id), groups.list_groups(feature.id)
        own, level = _find_zone(self._around), find_level(self._served.plan, feature)
        zone = _find_zone(around)
        here = level is None or level.id == self._sign.level_id or self._is_even(level)
        return FaceLine(
            arrow=arrow,
            to=feature.id,
            labels=self.name(feature),
            category=_find_category(feature) if group is None or group.unmarked else "",
            group=group,
            distance_m=None if way is None else way.length_m,
            emergency=group is None and EMERGENCY in list_kinds(feature.category),
            floor=_NO_LABELS
            if here or group is not None or level is None
            else level.short_name or level.name,
            zone=zone if zone != own else None,
        )

    def name(self, feature: Feature) -> Labels:
        """Return what faces call a place, by language; empty where it has no name."""
        group = get_groups(self._served.plan).find_group(feature.id)
        if group is not None:
            return group.labels
        if isinstance(feature, Opening) and not feature.name:
            return {tag: translate(tag, "face.way-out") for tag in LANGUAGES}
        category = _find_category(feature)
        preset = find_preset(category)
        labels = recall(self._served.network).sights.signs.find_own(feature.id).labels
        if preset is None:
            return labels
        unnamed = preset.nearest and not feature.name
        return preset.name if unnamed or not labels or category in ALIKE else labels

    @cached_property
    def _around(self) -> tuple[Group, ...]:
        return get_groups(self._served.plan).list_groups(self._sign.id)

    def _is_even(self, level: Level) -> bool:
        """Tell whether one gets from the face's floor to another one on the flat, as outdoors."""
        own = self._served.plan.find(self._sign.level_id, Level)
        return own is not None and own.ordinal == level.ordinal


def is_for_all(served: Served, feature: Feature) -> bool:
    """Tell whether everybody may go to a place, closed or not."""
    unit = find_unit(served.plan, feature)
    barred = {feature.access, unit.access if unit else None} & {Access.STAFF, Access.PRIVATE}
    return not barred and (unit is None or unit.id not in served.network.zone_of_unit)


def _find_category(feature: Feature) -> str:
    """Return what a line's symbol stands for: men's toilets are announced as toilets."""
    family = list_kinds(feature.category)[-1]
    return family if family in ALIKE else feature.category


def _find_zone(groups: Iterable[Group]) -> Group | None:
    """Return the colour zone among groups: a zone, or the building that is one."""
    lettered = [one for one in groups if one.letter and one.kind is not GroupKind.FLOOR]
    return lettered[0] if lettered else None
