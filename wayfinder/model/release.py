"""What is served: a release, and the conditions that hold on it today."""

from dataclasses import dataclass, field
from functools import cached_property

from wayfinder.model.canonical import hash_plan
from wayfinder.model.conditions import Conditions
from wayfinder.model.plan import Plan


@dataclass(frozen=True)
class Release:
    """A plan that was published.

    Parameters
    ----------
    plan
        What was published.
    number
        Counts the releases of a venue from 1; 0 is a plan that was never published.
    """

    plan: Plan
    number: int = 0

    def __post_init__(self) -> None:
        """Refuse a negative number."""
        if self.number < 0:
            raise ValueError(f"a release has the number {self.number}")

    @classmethod
    def of_known(cls, plan: Plan, number: int, digest: str) -> "Release":
        """Return a release whose content hash somebody has verified already.

        To hash a large plan takes half a second.
        """
        release = cls(plan, number)
        vars(release)["hash"] = digest
        return release

    @cached_property
    def hash(self) -> str:
        """The content hash of the plan, ``sha256:…``: equal plans have equal ones."""
        return hash_plan(self.plan)


@dataclass(frozen=True)
class Snapshot:
    """All that an answer depends on; a request sees one from start to end.

    Parameters
    ----------
    release
        The plan in force.
    conditions
        What is closed or slow today.
    """

    release: Release
    conditions: Conditions = field(default_factory=Conditions)

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.release.plan
