"""A plan while an action is at work on it: what was changed so far lies over what was there."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, TypeVar

from wayfinder.edit.action import Edit, EditNote
from wayfinder.edit.errors import EditError
from wayfinder.model import Feature, Level, Plan, encode_canonical, make_feature
from wayfinder.model.imdf_terms import load_terms

F = TypeVar("F", bound=Feature)

_NEW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@-]{0,79}")

_MOST_FEATURES = 300_000
"""Of a plan, as where it is read."""


class Changes:
    """Features that an action puts, drops and makes, over a plan that stays as it is.

    Parameters
    ----------
    plan
        What the action is applied to.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._new: dict[str, Feature | None] = {}
        self._notes: list[EditNote] = []

    def find(self, feature_id: str | None, kind: type[F]) -> F | None:
        """Return a feature of a kind as it is now, or None."""
        if feature_id is None or feature_id not in self._new:
            return self.plan.find(feature_id, kind)
        feature = self._new[feature_id]
        return feature if isinstance(feature, kind) else None

    def get(self, feature_id: str, kind: type[F]) -> F:
        """Return a feature of a kind as it is now; raises EditError where there is none."""
        found = self.find(feature_id, kind)
        if found is not None:
            return found
        other = self.find(feature_id, Feature)
        values: dict[str, Any] = {"id": feature_id[:80], "expected": kind.TYPE or "feature"}
        if other is None:
            raise EditError("feature-missing", values, feature_id)
        raise EditError("feature-of-other-kind", {**values, "found": other.feature_type}, other.id)

    def list_of(self, kind: type[F], where: Callable[[F], bool] | None = None) -> Iterator[F]:
        """Yield the features of a kind as they are now, those that are new last."""
        known = (self._new.get(one.id, one) for one in self.plan.list_of(kind))
        added = (one for key, one in self._new.items() if key not in self.plan)
        for feature in chain(known, added):
            if isinstance(feature, kind) and (where is None or where(feature)):
                yield feature

    def list_of_all(self) -> Iterator[Feature]:
        """Yield all features as they are now, those that are new last."""
        known = (self._new.get(one.id, one) for one in self.plan)
        added = (one for key, one in self._new.items() if key not in self.plan)
        yield from (feature for feature in chain(known, added) if feature is not None)

    def list_on(self, level_id: str, kind: type[F]) -> list[F]:
        """List the features of a kind on a level as they are now, those that are new last."""
        here = [
            one for one in self.plan.list_on(level_id, kind) if self._new.get(one.id, one) is one
        ]
        changed = [
            feature
            for feature in self._new.values()
            if isinstance(feature, kind) and feature.level_id == level_id
        ]
        return [*here, *changed]

    def put(self, feature: Feature) -> None:
        """Set a feature in the place of what has its id, or add it."""
        self._new[feature.id] = feature

    def drop(self, feature_id: str) -> None:
        """Take a feature out."""
        self._new[feature_id] = None

    def add(
        self,
        feature_id: str,
        feature_type: str,
        geometry: dict[str, Any] | None,
        properties: dict[str, Any],
    ) -> Feature:
        """Add a feature with all members that IMDF asks for; raises EditError for a taken id."""
        self.check_free(feature_id)
        terms = load_terms()[feature_type]
        lacking = {member: None for member in terms.members if member not in properties}
        made = make_feature(feature_id, feature_type, geometry, {**properties, **lacking})
        self.put(made)
        return made

    def check_free(self, feature_id: str) -> None:
        """Raise EditError where an id is no good for something new."""
        if not _NEW_ID.fullmatch(feature_id):
            raise EditError("id-unfit", {"id": feature_id[:80]})
        if feature_id in self.plan or self._new.get(feature_id) is not None:
            raise EditError("id-taken", {"id": feature_id}, feature_id)

    def check_level(self, level_id: str) -> Level:
        """Return a level; raises EditError where there is none of that id."""
        return self.get(level_id, Level)

    def note(self, code: str, feature_id: str | None = None, **values: Any) -> None:  # noqa: ANN401 - JSON values
        """Tell what was done besides."""
        self._notes.append(EditNote(code, values, feature_id))

    def finish(self) -> Edit:
        """Return the edit: what differs in the end, if only in what is written."""
        known = self.plan.features
        after = {key: new for key, new in self._new.items() if not are_same(known.get(key), new)}
        before = {key: known.get(key) for key in after}
        more = sum(1 for key, new in after.items() if new is not None and key not in known)
        if more and len(known) + more > _MOST_FEATURES:
            raise EditError("plan-too-large", {"limit": _MOST_FEATURES})
        plan = self.plan.replace(after) if after else self.plan
        return Edit(plan, before, after, tuple(self._notes))


def are_same(one: Feature | None, other: Feature | None) -> bool:
    """Tell whether two features are written alike."""
    if one is None or other is None:
        return one is other
    return one is other or _write(one) == _write(other)


def _write(feature: Feature) -> bytes:
    parts = (feature.feature_type, feature.geometry, feature.properties, feature.members)
    return encode_canonical(parts)
