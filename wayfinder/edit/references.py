"""Who names whom: references of a plan, rewritten as what they name goes or becomes another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wayfinder.edit.changes import Changes
from wayfinder.model import Amenity, Feature, Opening, Relationship, make_feature
from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.values import read_object, read_reference, read_texts

Renaming = Mapping[str, str | None]
"""Id to what it becomes; None where nothing takes its place."""

_ENDS = ("origin", "destination")


def list_references(feature: Feature) -> Iterator[str]:
    """Yield the ids that a feature names, each as often as it does."""
    terms = load_terms().get(feature.feature_type)
    for member in terms.references if terms else ():
        yield from read_texts(feature.properties, member)
    if isinstance(feature, Relationship):
        ends = (feature.origin_id, *feature.intermediary_ids, feature.destination_id)
        yield from (end for end in ends if end)
        yield from feature.level_ids
    if isinstance(feature, Opening) and feature.one_way_to:
        yield feature.one_way_to
    if isinstance(feature, Amenity):
        yield from (str(message.get("to")) for message in _list_messages(feature))


def list_naming(changes: Changes, ids: Iterable[str]) -> list[tuple[Feature, frozenset[str]]]:
    """List the features that name any of some ids, with those that they name."""
    wanted = frozenset(ids)
    found = []
    for feature in changes.list_of_all():
        named = wanted.intersection(list_references(feature))
        if named:
            found.append((feature, named))
    return found


def rewrite(feature: Feature, renaming: Renaming) -> Feature:
    """Return a feature that names other ids in the place of some.

    What becomes nothing leaves its list, or leaves null; a door's way to it and a sign's lines
    about it go.
    """
    properties = dict(feature.properties)
    terms = load_terms().get(feature.feature_type)
    for member in terms.references if terms else ():
        value = properties.get(member)
        if isinstance(value, str):
            properties[member] = renaming.get(value, value)
        elif isinstance(value, list | tuple):
            properties[member] = _rename_each(value, renaming)
    if isinstance(feature, Relationship):
        _rewrite_ends(properties, renaming)
    ours = _rewrite_ours(feature, renaming)
    if "wayfinder" in properties and ours != feature.wayfinder:
        properties["wayfinder"] = ours
    return make_feature(
        feature.id, feature.feature_type, feature.geometry, properties, feature.members
    )


def _rename_each(values: Iterable[Any], renaming: Renaming) -> list[Any]:
    """Return a list with other ids, each once."""
    kept: list[Any] = []
    for value in values:
        made = renaming.get(value, value) if isinstance(value, str) else value
        if made is not None and (made not in kept or made == value):
            kept.append(made)
    return kept


def _rewrite_ends(properties: dict[str, Any], renaming: Renaming) -> None:
    for end in _ENDS:
        properties[end] = _rewrite_end(properties.get(end), renaming)
    between = properties.get("intermediary")
    if isinstance(between, list | tuple):
        made = (_rewrite_end(item, renaming) for item in between)
        properties["intermediary"] = [item for item in made if item is not None]


def _rewrite_end(value: Any, renaming: Renaming) -> Any:  # noqa: ANN401 - a reference or null
    """Return a reference to another feature, written as it was."""
    found = read_reference(value)
    if found is None or found not in renaming:
        return value
    target = renaming[found]
    if target is None or isinstance(value, str):
        return target
    return {**value, "id": target}


def _rewrite_ours(feature: Feature, renaming: Renaming) -> dict[str, Any]:
    ours = dict(feature.wayfinder)
    to = feature.one_way_to if isinstance(feature, Opening) else None
    if to is not None and to in renaming:
        ours["one_way_to"] = renaming[to]
        if ours["one_way_to"] is None:
            del ours["one_way_to"]
    if isinstance(feature, Relationship) and "level_ids" in ours:
        ours["level_ids"] = _rename_each(read_texts(ours, "level_ids"), renaming)
    messages = _list_messages(feature)
    if any(message.get("to") in renaming for message in messages):
        kept = [
            {**message, "to": renaming.get(message.get("to", ""), message.get("to"))}
            for message in messages
        ]
        sign = dict(read_object(ours, "sign"))
        ours["sign"] = {**sign, "messages": [item for item in kept if item["to"] is not None]}
    return ours


def _list_messages(feature: Feature) -> list[Mapping[str, Any]]:
    listed = read_object(feature.wayfinder, "sign").get("messages")
    items = listed if isinstance(listed, list | tuple) else ()
    return [item for item in items if isinstance(item, Mapping)]


def point_to(feature: Feature) -> dict[str, str]:
    """Return a reference to a feature as relationships have it."""
    return {"id": feature.id, "feature_type": feature.feature_type}
