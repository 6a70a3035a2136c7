"""Ids that point to nothing, or to something of the wrong type."""

from collections.abc import Iterator
from typing import Any

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from wayfinder.formats.validation.locate import make_issue
from wayfinder.model import Feature, Fix, Issue, Level, Opening, Plan, Relationship, Severity
from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.values import read_text, read_texts

_BEARS_LEVEL = frozenset({"unit", "opening", "section", "fixture", "kiosk", "detail"})
_LOST_WITHOUT_LEVEL = frozenset({"unit", "opening"})
"""Types whose loss changes where people are sent."""

_NEAR_M = 0.3
"""How far a door's ends may lie off an outline to belong to it: drawings snap within 5-30 cm."""

_NOWHERE = "outside"


def list_reference_issues(plan: Plan) -> Iterator[Issue]:
    """Yield an issue for each id that leads nowhere or to the wrong type, and missing levels."""
    fitter = _LevelFitter(plan)
    for feature in plan:
        for member, found, wanted in _list_references(feature):
            target = plan.features.get(found)
            values: dict[str, Any] = {"member": member, "id": found[:80], "expected": wanted or ""}
            if target is None:
                yield _report_missing(plan, fitter, feature, values)
            elif wanted is not None and target.feature_type != wanted:
                values["found"] = target.feature_type
                yield make_issue(
                    plan, feature, "reference-of-wrong-type", Severity.WARNING, **values
                )
        if feature.feature_type in _BEARS_LEVEL and feature.level_id is None:
            yield make_issue(
                plan,
                feature,
                "level-not-given",
                _severity(feature, "level_id"),
                fix=fitter.propose(feature),
            )


def _list_references(feature: Feature) -> Iterator[tuple[str, str, str | None]]:
    """Yield member, id and wanted type of each reference."""
    terms = load_terms().get(feature.feature_type)
    for member, wanted in (terms.references if terms else {}).items():
        single = read_text(feature.properties, member)
        for found in (single,) if single else read_texts(feature.properties, member):
            yield member, found, wanted
    if isinstance(feature, Relationship):
        ends = {"origin": feature.origin_id, "destination": feature.destination_id}
        yield from ((member, found, None) for member, found in ends.items() if found)
        yield from (("intermediary", found, None) for found in feature.intermediary_ids)
        yield from (("wayfinder.level_ids", found, "level") for found in feature.level_ids)
    if isinstance(feature, Opening) and feature.one_way_to not in {None, _NOWHERE}:
        yield "wayfinder.one_way_to", str(feature.one_way_to), "unit"


def _report_missing(
    plan: Plan, fitter: "_LevelFitter", feature: Feature, values: dict[str, Any]
) -> Issue:
    member = values["member"]
    return make_issue(
        plan,
        feature,
        "reference-missing",
        _severity(feature, member),
        fix=fitter.propose(feature) if member == "level_id" else None,
        **values,
    )


def _severity(feature: Feature, member: str) -> Severity:
    lost = feature.feature_type in _LOST_WITHOUT_LEVEL and member == "level_id"
    # A one-way door whose side is unknown could be taken for one that opens both ways.
    lost = lost or member == "wayfinder.one_way_to"
    return Severity.ERROR if lost else Severity.WARNING


class _LevelFitter:
    """Finds the only level on which a door lies on an outline: proposed, never taken."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._outlines: list[BaseGeometry] = []
        self._levels: list[str] = []
        self._tree: STRtree | None = None

    def propose(self, feature: Feature) -> Fix | None:
        """Return the fix for an opening whose level is not known, or None."""
        line = self._plan.find_geometry_m(feature.id) if isinstance(feature, Opening) else None
        if line is None or line.is_empty:
            return None
        tree = self._index()
        near = {self._levels[index] for index in tree.query(line, "dwithin", _NEAR_M)}
        if len(near) != 1:
            return None
        return Fix("set-level", {"feature": feature.id, "level": near.pop()})

    def _index(self) -> STRtree:
        if self._tree is None:
            for unit in self._plan.units:
                outline = self._plan.find_geometry_m(unit.id)
                if outline is not None and self._plan.find(unit.level_id, Level):
                    self._outlines.append(outline.boundary)
                    self._levels.append(unit.level_id or "")
            self._tree = STRtree(self._outlines)
        return self._tree
