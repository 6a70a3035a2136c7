"""What came of ending a closure: what it was about need not be open for all that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wayfinder.services.closing import Closable, list_closing, say_why_shut
from wayfinder.services.served import Served
from wayfinder.store.conditions import ConditionRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """How something is after its closure was ended.

    Parameters
    ----------
    code
        ``open``; ``still-closed`` by sets that are on; ``not-open`` for another reason, or
        ``closed-otherwise``, as nothing was ended; ``open-already``, as nothing was ended and
        nothing keeps it closed; ``out-of-set``, as its set is off; ``not-to-come``, as it was not
        closed yet, or ``more-to-come``, as other closures will begin.
    values
        What the words need.
    """

    code: str
    values: Mapping[str, Any]

    @property
    def stays_shut(self) -> bool:
        """Whether it is not open, though somebody has just opened it."""
        return self.code in {"still-closed", "not-open", "closed-otherwise"}


def find_outcome(
    served: Served,
    closables: Sequence[Closable],
    *,
    name: str,
    ended: Sequence[ConditionRecord],
    left: Sequence[ConditionRecord],
    at: datetime,
    language: str,
) -> Outcome:
    """Find out whether something is open now that its closure was ended, or what keeps it closed.

    Parameters
    ----------
    served
        The venue under the conditions that are left.
    closables
        What the closure was about.
    name
        What that is called.
    ended
        The closures that are no more, as they were.
    left
        The conditions that are left.
    at
        Aware instant.
    language
        BCP 47 tag.
    """
    lasting = [one for one in left if one.active]
    closing = [record for one in closables for record in list_closing(lasting, one.features, at)]
    held = [record for record in closing if record.holds_at(at)]
    if sets := sorted({record.set for record in held if record.set}):
        return Outcome("still-closed", {"name": name, "sets": sets})
    if held or any(record.holds_at(at) for record in ended):
        for one in closables:
            if why := say_why_shut(served, one, at, language):
                code = "not-open" if ended else "closed-otherwise"
                return Outcome(code, {"name": one.name, "why": why})
        return Outcome("open" if ended else "open-already", {"name": name})
    if not ended:
        return Outcome("open-already", {"name": name})
    if not any(record.active for record in ended):
        return Outcome("out-of-set", {"name": name, "set": ended[0].set})
    return Outcome("more-to-come" if closing else "not-to-come", {"name": name})
