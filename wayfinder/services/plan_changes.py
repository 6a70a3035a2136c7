"""What differs between two plans: features that came, went or changed, by kind and floor."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from wayfinder.model import Feature, Labels, Level, Plan, encode_canonical
from wayfinder.services.directory.entries import find_level

GEOMETRY = "geometry"
_OURS = "wayfinder"


class How(StrEnum):
    """What became of a feature."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A feature that differs.

    Parameters
    ----------
    id
        Its id.
    kind
        Its IMDF type, ``unit`` say.
    category
        Its IMDF category.
    level
        Id of the floor that it is on, was on where it is gone; None: none.
    name
        What it is called, or was, by language.
    how
        What became of it.
    members
        What of it changed: ``geometry``, names of properties, ``wayfinder.<key>``; empty for what
        came or went.
    """

    id: str
    kind: str
    category: str
    level: str | None
    name: Labels
    how: How
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanChanges:
    """What differs between two plans.

    Parameters
    ----------
    changes
        By floor from the lowest up, what is on none last, then by kind and id.
    """

    changes: tuple[Change, ...]

    @cached_property
    def counts(self) -> Mapping[tuple[str, How], int]:
        """How many features of each kind came, went or changed."""
        return Counter((one.kind, one.how) for one in self.changes)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Ids of the floors on which something differs."""
        return tuple(dict.fromkeys(one.level for one in self.changes if one.level is not None))


def compare_plans(before: Plan, after: Plan) -> PlanChanges:
    """List what differs between two plans."""
    found = [*_list_changes(before, after)]
    ordinals = {
        level.id: level.ordinal for plan in (before, after) for level in plan.list_of(Level)
    }

    def order(one: Change) -> tuple[bool, float, str, str, str]:
        level = one.level or ""
        return one.level is None, ordinals.get(level, 0.0), level, one.kind, one.id

    return PlanChanges(tuple(sorted(found, key=order)))


def _list_changes(before: Plan, after: Plan) -> Iterator[Change]:
    for feature in before:
        now = after.features.get(feature.id)
        if now is None:
            yield _make(before, feature, How.REMOVED)
        elif now is not feature:
            members = tuple(list_members(feature, now))
            if members:
                yield _make(after, now, How.CHANGED, members)
    for feature in after:
        if feature.id not in before:
            yield _make(after, feature, How.ADDED)


def _make(plan: Plan, feature: Feature, how: How, members: tuple[str, ...] = ()) -> Change:
    level = find_level(plan, feature)
    return Change(
        feature.id,
        feature.feature_type,
        feature.category,
        level.id if level is not None else None,
        feature.name,
        how,
        members,
    )


def list_members(was: Feature, now: Feature) -> Iterator[str]:
    """Yield what of a feature changed, as it is written."""
    for name, old, new in (
        ("type", was.feature_type, now.feature_type),
        (GEOMETRY, was.geometry, now.geometry),
        ("members", was.members, now.members),
    ):
        if _differs(old, new):
            yield name
    pairs = [("", was.properties, now.properties), (f"{_OURS}.", was.wayfinder, now.wayfinder)]
    for prefix, old_values, new_values in pairs:
        for key in sorted({*old_values, *new_values}):
            # ours are told one by one
            is_told = prefix or key != _OURS
            if is_told and _differs(old_values.get(key), new_values.get(key)):
                yield f"{prefix}{key}"


def _differs(one: object, other: object) -> bool:
    """Tell whether two values are written otherwise; they may have been read, or made here."""
    return one is not other and encode_canonical(one) != encode_canonical(other)
