"""What a log holds, as features: what came of each entry, and the plan that they make together."""

from collections.abc import Iterable, Mapping
from typing import Any

from wayfinder.edit.references import list_references
from wayfinder.edit.restore import Restore, read_feature, write_feature
from wayfinder.model import Feature, Plan, encode_canonical
from wayfinder.store.drafts import EntryRecord

Features = Mapping[str, Feature | None]
"""Id to feature; None where there is none, or none any more."""
Documents = Mapping[str, Mapping[str, Any] | None]
"""The same as JSON, as a log holds it."""


def write_features(features: Features) -> dict[str, Any]:
    """Return features as a log holds them."""
    return Restore.of(features).features


def sum_up(entries: Iterable[EntryRecord]) -> dict[str, Feature | None]:
    """Return what came of entries together, those in the order of their numbers."""
    documents: dict[str, Mapping[str, Any] | None] = {}
    for entry in entries:
        documents |= entry.result
    return {
        key: None if document is None else read_feature(document)
        for key, document in documents.items()
    }


def replay(plan: Plan, entries: Iterable[EntryRecord]) -> Plan:
    """Return the plan that entries make of one: the same in every process and version."""
    found = sum_up(entries)
    changes = {key: one for key, one in found.items() if one is not None or key in plan}
    return plan.replace(changes) if changes else plan


def is_same(one: Feature | None, other: Feature | None) -> bool:
    """Tell whether two features are written alike."""
    if one is None or other is None:
        return one is other
    return one is other or is_written(one, write_feature(other))


def is_written(feature: Feature | None, document: Mapping[str, Any] | None) -> bool:
    """Tell whether a feature is what a log holds."""
    if feature is None or document is None:
        return feature is None and document is None
    return encode_canonical(write_feature(feature)) == encode_canonical(document)


def list_users(plan: Plan, gone: Iterable[str]) -> list[str]:
    """List the ids of the features that name one of some features that are gone."""
    wanted = frozenset(gone)
    if not wanted:
        return []
    return [one.id for one in plan if not wanted.isdisjoint(list_references(one))]
