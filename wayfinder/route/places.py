"""From what somebody types to features: ids, codes, names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from unicodedata import normalize

from wayfinder.model import (
    Address,
    Amenity,
    Anchor,
    Detail,
    Feature,
    Footprint,
    Occupant,
    Plan,
    Relationship,
    Unit,
)
from wayfinder.model.called import find_sign_code, list_refs, list_texts

_ARTICLE = "the "

_NO_PLACES = (Address, Anchor, Detail, Footprint, Relationship)


class PlaceNames:
    """What the features of a plan are called, each text as it stands.

    Parameters
    ----------
    plan
        The plan.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def find(self, text: str) -> tuple[str, ...]:
        """Find the features that a text names; see `find_places`."""
        if text in self.plan:
            return (text,)
        wanted = _fold(text)
        # made one after the other, and only if needed
        for read in (attrgetter("_codes"), attrgetter("_sign_codes"), attrgetter("_names")):
            found = read(self).get(wanted)
            if wanted and found:
                return _merge(self.plan, found)
        return ()

    @cached_property
    def _codes(self) -> Mapping[str, list[Feature]]:
        return _list_called(self.plan, lambda feature: feature.codes.values())

    @cached_property
    def _sign_codes(self) -> Mapping[str, list[Feature]]:
        return _list_called(self.plan, _list_sign_codes)

    @cached_property
    def _names(self) -> Mapping[str, list[Feature]]:
        return _list_called(self.plan, _list_names)


def find_places(plan: Plan, text: str) -> tuple[str, ...]:
    """Find the features that a text names.

    Tried in this order, the first that finds anything counts: the exact id; a code of the
    hospital's systems; a sign's code; a name, another name, an alias, a number on the door or a
    floor's label in any language, all but for case, width of letters and a leading "the" the same.
    Things of one name at one spot, such as a department and its room, count as one: the unit.

    Parameters
    ----------
    plan
        The plan.
    text
        Id, code or name.

    Returns
    -------
    tuple of str
        Feature ids in the plan's order: none where nothing is called so, several where it is
        ambiguous.
    """
    return PlaceNames(plan).find(text)


def _list_names(feature: Feature) -> Iterator[str]:
    """Yield names, a floor's label, aliases, the number on the door."""
    yield from (text for text, _ in list_texts(feature))
    yield from list_refs(feature)


def _fold(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split()).removeprefix(_ARTICLE)


def _list_called(
    plan: Plan, list_forms: Callable[[Feature], Iterable[str]]
) -> Mapping[str, list[Feature]]:
    """Return the features by each folded text, once each, in the plan's order."""
    called: defaultdict[str, list[Feature]] = defaultdict(list)
    for feature in plan:
        if not isinstance(feature, _NO_PLACES):
            for text in {_fold(text) for text in list_forms(feature)}:
                called[text].append(feature)
    return called


def _list_sign_codes(feature: Feature) -> Iterable[str]:
    code = find_sign_code(feature)
    return () if code is None else (code,)


def _merge(plan: Plan, found: list[Feature]) -> tuple[str, ...]:
    """Leave out what lies in a unit that is found as well."""
    units = {feature.id for feature in found if isinstance(feature, Unit)}
    return tuple(
        feature.id for feature in found if not units.intersection(_units_of(plan, feature))
    )


def _units_of(plan: Plan, feature: Feature) -> tuple[str, ...]:
    if isinstance(feature, Amenity):
        return feature.unit_ids
    if isinstance(feature, Occupant):
        anchor = plan.find(feature.anchor_id, Anchor)
        return (anchor.unit_id,) if anchor and anchor.unit_id else ()
    return ()
