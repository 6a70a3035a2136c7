"""From what somebody types to features: ids, codes, names."""

from collections.abc import Callable, Iterable, Iterator
from unicodedata import normalize

from wayfinder.model import (
    Address,
    Amenity,
    Anchor,
    Detail,
    Feature,
    Footprint,
    Level,
    Occupant,
    Plan,
    Relationship,
    Unit,
)

_ARTICLE = "the "

_NO_PLACES = (Address, Anchor, Detail, Footprint, Relationship)


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
    if text in plan:
        return (text,)
    wanted = _fold(text)
    if not wanted:
        return ()
    for list_texts in (_list_codes, _list_sign_codes, _list_names):
        found = _list_called(plan, wanted, list_texts)
        if found:
            return _merge(plan, found)
    return ()


def _fold(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split()).removeprefix(_ARTICLE)


def _list_called(
    plan: Plan, wanted: str, list_texts: Callable[[Feature], Iterable[str]]
) -> list[Feature]:
    return [
        feature
        for feature in plan
        if not isinstance(feature, _NO_PLACES)
        and any(_fold(text) == wanted for text in list_texts(feature))
    ]


def _list_codes(feature: Feature) -> Iterable[str]:
    return feature.codes.values()


def _list_sign_codes(feature: Feature) -> Iterable[str]:
    code = feature.wayfinder.get("sign_code")
    return (code,) if isinstance(code, str) else ()


def _list_names(feature: Feature) -> Iterator[str]:
    yield from feature.name.values()
    yield from feature.alt_name.values()
    if isinstance(feature, Level):
        yield from feature.short_name.values()
    for aliases in feature.aliases.values():
        yield from aliases
    for values in (feature.wayfinder, feature.properties):
        ref = values.get("ref")
        if isinstance(ref, str):
            yield ref


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
