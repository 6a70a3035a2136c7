"""A problem found in a plan, as a value: what, how bad, where, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


class Severity(StrEnum):
    """How bad an issue is: an error bars publishing, a warning is shown, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that would mend an issue: proposed, never taken by itself.

    Parameters
    ----------
    action
        Name of the edit; its words are the catalogue entry ``fix.<action>``.
    arguments
        What the edit needs, JSON values only.
    """

    action: str
    arguments: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem of a plan.

    Parameters
    ----------
    code
        Kebab-case name, stable for ever; its words are the catalogue entry ``issue.<code>``.
    severity
        Error, warning or note.
    values
        What the words need, JSON values only.
    features
        Ids of the features concerned, the culprit first.
    level
        Id of the level it lies on, or None.
    place
        Longitude and latitude in degrees, or None where it has no place.
    fix
        The edit that would mend it, where one is known.
    """

    code: str
    severity: Severity
    values: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    features: tuple[str, ...] = ()
    level: str | None = None
    place: tuple[float, float] | None = None
    fix: Fix | None = None
