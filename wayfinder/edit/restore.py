"""Features put back as they were: what undoes every other action."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import MalformedActionError
from wayfinder.model import Feature, Plan, make_feature

_OWN = frozenset({"type", "id", "feature_type", "geometry", "properties"})


def write_feature(feature: Feature) -> dict[str, Any]:
    """Return a feature as GeoJSON, with all that was read of it."""
    return {
        "type": "Feature",
        "id": feature.id,
        "feature_type": feature.feature_type,
        "geometry": None if feature.geometry is None else dict(feature.geometry),
        "properties": dict(feature.properties),
        **feature.members,
    }


def read_feature(document: Mapping[str, Any]) -> Feature:
    """Return the feature of what `write_feature` wrote.

    Raises
    ------
    MalformedActionError
        It is no such document.
    """
    kinds = {"id": str, "feature_type": str, "geometry": Mapping | None, "properties": Mapping}
    for key, wanted in kinds.items():
        if key not in document or not isinstance(document[key], wanted):
            raise MalformedActionError(
                "action-malformed", {"place": f"features.{key}", "problem": "is no GeoJSON"}
            )
    members = {key: value for key, value in document.items() if key not in _OWN}
    return make_feature(
        document["id"],
        document["feature_type"],
        document["geometry"],
        document["properties"],
        members,
    )


@dataclass(frozen=True, kw_only=True)
class Restore(Action):
    """Put features back as they were.

    Parameters
    ----------
    features
        Id to the whole feature as GeoJSON, or null where there was none.
    """

    kind: ClassVar[str] = "restore"
    offered: ClassVar[bool] = False

    features: dict[str, dict[str, Any] | None]

    @classmethod
    def of(cls, features: Mapping[str, Feature | None]) -> "Restore":
        """Make the action that puts features back, or takes them out where they are None."""
        return cls(
            features={
                key: None if feature is None else write_feature(feature)
                for key, feature in features.items()
            }
        )

    def apply(self, plan: Plan) -> Edit:
        """Put the features back, unjudged: what was there may have been wrong."""
        changes = Changes(plan)
        for key, document in self.features.items():
            if document is None:
                if key in plan:
                    changes.drop(key)
                continue
            feature = read_feature(document)
            if feature.id != key:
                raise MalformedActionError(
                    "action-malformed", {"place": f"features.{key}", "problem": "has another id"}
                )
            changes.put(feature)
        return changes.finish()
