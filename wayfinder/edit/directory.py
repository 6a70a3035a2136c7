"""The directory in bulk: names, aliases, codes, hours and telephones change daily."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from wayfinder.edit.action import Action, Edit
from wayfinder.edit.changes import Changes
from wayfinder.edit.errors import EditError
from wayfinder.edit.fields import Id, Labels
from wayfinder.edit.properties import merge_labels, set_properties
from wayfinder.model import Feature, Plan
from wayfinder.model.imdf_terms import load_terms
from wayfinder.model.values import read_labels

_IN_DIRECTORY = frozenset(
    {"amenity", "building", "kiosk", "level", "occupant", "section", "unit", "venue"}
)

Alias = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=1_000)]


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is to be known of one place; what is not given stays as it is.

    Parameters
    ----------
    feature
        The place: a department, a unit, a facility.
    names
        Text by language; null takes a language away, others stay.
    aliases
        What people call it, by language: the whole list of each language that is given.
    codes
        Codes in other systems, by system; null takes one away, others stay.
    hours
        OSM opening_hours; empty: none are known.
    phone
        Telephone; empty: none.
    website
        Address of a page; empty: none.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    feature: Id
    names: Labels = field(default_factory=dict)
    aliases: Annotated[dict[str, tuple[Alias, ...]], Field(max_length=50)] = field(
        default_factory=dict
    )
    codes: Annotated[dict[str, str | None], Field(max_length=50)] = field(default_factory=dict)
    hours: Text | None = None
    phone: Text | None = None
    website: Text | None = None


@dataclass(frozen=True, kw_only=True)
class UpdateDirectory(Action):
    """Set names, aliases, codes, hours and telephones of many places: all of them, or none.

    Parameters
    ----------
    rows
        What changes, each place once.
    """

    kind: ClassVar[str] = "update-directory"

    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=20_000)]

    def apply(self, plan: Plan) -> Edit:
        """Set the rows; an error tells the number of the row that it is about."""
        changes = Changes(plan)
        counts = Counter(row.feature for row in self.rows)
        for number, row in enumerate(self.rows, start=1):
            try:
                _set_row(changes, row, once=counts[row.feature] == 1)
            except EditError as error:
                error.values = {**error.values, "row": number}
                raise
        return changes.finish()


def judge_row(plan: Plan, row: Row) -> None:
    """Raise EditError where a row, whatever others say, could not be set."""
    _set_row(Changes(plan), row, once=True)


def _set_row(changes: Changes, row: Row, *, once: bool) -> None:
    feature = changes.get(row.feature, Feature)
    if not once:
        raise EditError("row-twice", {}, feature.id)
    if feature.feature_type not in _IN_DIRECTORY:
        raise EditError("not-in-directory", {"feature_type": feature.feature_type}, feature.id)
    members: dict[str, Any] = {}
    if row.names:
        members["name"] = merge_labels(read_labels(feature.properties, "name"), row.names) or None
    if row.hours is not None:
        members.update(_place_hours(feature, row.hours))
    for member, value in (("phone", row.phone), ("website", row.website)):
        if value is not None:
            members[member] = value or None
    ours = _merge_ours(feature, row)
    if "wayfinder.hours" in members:
        ours["hours"] = members.pop("wayfinder.hours")
    set_properties(changes, feature, members, ours)


def _place_hours(feature: Feature, hours: str) -> dict[str, Any]:
    """Return where hours stand: IMDF's member where the type has one, else our own key."""
    own = "hours" in load_terms()[feature.feature_type].members
    return {"hours" if own else "wayfinder.hours": hours.strip() or None}


def _merge_ours(feature: Feature, row: Row) -> dict[str, Any]:
    ours: dict[str, Any] = {}
    if row.aliases:
        merged = {tag: list(texts) for tag, texts in feature.aliases.items()}
        merged.update({tag: list(texts) for tag, texts in row.aliases.items()})
        ours["aliases"] = {tag: texts for tag, texts in merged.items() if texts} or None
    if row.codes:
        ours["codes"] = merge_labels(feature.codes, row.codes) or None
    return ours
