"""What a feature is called and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Labels, Members, Ours
from wayfinder.edit.members import check_member, check_ours
from wayfinder.model import Feature, Plan, make_feature
from wayfinder.model.values import read_labels

_PLACED = frozenset({"level_id", "unit_id", "unit_ids", "anchor_id"})
"""Members that say where a feature is: they change as it is moved, and never by themselves."""

_READ_ONLY = frozenset({"osm"})
"""Keys that tell where a feature came from."""


@dataclass(frozen=True, kw_only=True)
class Rename(Action):
    """Name a feature in one language or several; other languages stay.

    Parameters
    ----------
    feature
        What is named.
    names
        Text by language (BCP 47); null or an empty text takes a language away.
    member
        Which name: the one that is shown, another, or a level's short one.
    """

    kind: ClassVar[str] = "rename"

    feature: Id
    names: Labels
    member: Literal["name", "alt_name", "short_name"] = "name"

    def apply(self, plan: Plan) -> Edit:
        """Set the names."""
        changes = Changes(plan)
        feature = changes.get(self.feature, Feature)
        given = {tag: text for tag, text in self.names.items() if text is not None and text.strip()}
        set_properties(changes, feature, {self.member: given})  # what is there may stray
        labels = merge_labels(read_labels(feature.properties, self.member), self.names)
        changes.put(with_values(feature, {self.member: labels or None}, {}))
        return changes.finish()


@dataclass(frozen=True, kw_only=True)
class SetProperties(Action):
    """Set what is known of a feature: category, hours, widths, access, codes, phone, and so on.

    Parameters
    ----------
    feature
        What it is about.
    members
        IMDF's members to their values; null clears one. Where a feature lies is not set here.
    ours
        Keys of the ``wayfinder`` object to their values; null takes one away.
    """

    kind: ClassVar[str] = "set-properties"

    feature: Id
    members: Members = field(default_factory=dict)
    ours: Ours = field(default_factory=dict)

    def apply(self, plan: Plan) -> Edit:
        """Set the properties, each judged by what its type may have."""
        changes = Changes(plan)
        set_given(changes, changes.get(self.feature, Feature), self.members, self.ours)
        return changes.finish()


def set_given(
    changes: Changes, feature: Feature, members: Mapping[str, Any], ours: Mapping[str, Any]
) -> Feature:
    """Set what somebody gave, refusing what other actions are for; returns the feature."""
    for member in members:
        if member in _PLACED:
            raise EditError("member-not-set-here", {"member": member}, feature.id)
    for key in ours:
        if key in _READ_ONLY:
            raise EditError("key-read-only", {"key": key}, feature.id)
    return set_properties(changes, feature, members, ours)


def set_properties(
    changes: Changes,
    feature: Feature,
    members: Mapping[str, Any],
    ours: Mapping[str, Any] | None = None,
) -> Feature:
    """Set members and keys of a feature, judged; returns the feature as it is then.

    Raises
    ------
    EditError
        A value is none for its member or key.
    """
    try:
        for member, value in members.items():
            check_member(changes, feature.feature_type, member, value)
        for key, value in (ours or {}).items():
            check_ours(changes, feature.feature_type, key, value)
    except EditError as error:
        if error.feature_id is None:
            error.feature_id = feature.id
        raise
    made = with_values(feature, members, ours or {})
    changes.put(made)
    return made


def with_values(feature: Feature, members: Mapping[str, Any], ours: Mapping[str, Any]) -> Feature:
    """Return a feature with some members and keys set, unjudged; a None takes a key away."""
    properties = {**feature.properties, **members}
    if ours:
        merged = {**feature.wayfinder, **ours}
        kept = {key: value for key, value in merged.items() if value is not None}
        if kept or "wayfinder" in properties:
            properties["wayfinder"] = kept
        if not kept:
            properties.pop("wayfinder", None)
    return make_feature(
        feature.id, feature.feature_type, feature.geometry, properties, feature.members
    )


def merge_labels(known: Mapping[str, str], more: Mapping[str, str | None]) -> dict[str, str]:
    """Return labels with some set; None or an empty text takes a language away."""
    merged = {**known, **more}
    return {tag: text for tag, text in merged.items() if text is not None and text.strip()}
