"""What an action is: a value that turns a plan into another, and tells how to get back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import ConfigDict

from wayfinder.model import Feature, Plan

if TYPE_CHECKING:
    from wayfinder.edit.restore import Restore


@dataclass(frozen=True)
class Action(ABC):
    """One edit, as plain data: its fields are its arguments.

    An action knows nothing but the plan that it is applied to: no clock, no chance, no store. So a
    log of actions that is replayed gives the same plan, and ids of what is new are arguments.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    kind: ClassVar[str]
    """Kebab-case name, stable for ever: logs hold it."""

    offered: ClassVar[bool] = True
    """Whether people may send it; others are made by the program alone."""

    @abstractmethod
    def apply(self, plan: Plan) -> "Edit":
        """Return the edited plan, with what changed.

        Raises
        ------
        EditError
            It cannot be done on this plan.
        """


@dataclass(frozen=True)
class EditNote:
    """Something that an edit did besides, and that whoever did it should know.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``edit-note.<code>``.
    values
        What the words need, JSON values only.
    feature_id
        The feature concerned, or None.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    feature_id: str | None = None


@dataclass(frozen=True)
class Edit:
    """What an action did.

    Parameters
    ----------
    plan
        The edited plan.
    before, after
        The features that differ, by id, as they were and as they are; None where there was or is
        none.
    notes
        What it did besides.
    """

    plan: Plan
    before: Mapping[str, Feature | None]
    after: Mapping[str, Feature | None]
    notes: tuple[EditNote, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """Ids of the features that differ."""
        return frozenset(self.before)

    @cached_property
    def revert(self) -> "Restore":
        """The action that gives the plan back as it was, byte for byte."""
        from wayfinder.edit.restore import Restore

        return Restore.of(self.before)
