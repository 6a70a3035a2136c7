"""What is asked for when signs are printed, and what came of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wayfinder.model.sign_records import SignState
from wayfinder.services.batch_folder import BatchError, Printed
from wayfinder.services.batch_workers import PROCESSES
from wayfinder.services.read_back import Fault
from wayfinder.services.sign_parts import PDF, Made

Say = Callable[[str, int, int], None]
"""Told the stage (``facing``, ``drawing``, ``checking``, ``sheets``), how many are done, of all."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a batch is to be.

    Parameters
    ----------
    output
        Its folder.
    kind
        ``pdf``, ``svg`` or ``png``.
    separate
        Whether each sign has a file of its own; SVG and PNG always do.
    size
        Name of one format for all signs; None: for each the smallest of its mounting that holds
        all that it says in letters for its reading distance.
    dpi
        Of PNG.
    languages
        BCP 47 tags of what is on the signs: one or two, the first one larger; of the sheets the
        first.
    theme
        Name of the colours.
    base
        Address that codes lead to, as `find_base_address` returns it; None: specimens.
    profile
        Name of the profile by whose ways distances are measured.
    levels
        Ids of the levels; empty: all.
    wanted_states
        States; empty: all but removed.
    only
        Ids of signs; empty: all.
    temporary
        Ids of those that hang only as long as what the venue's conditions close: no codes are given
        to them, nor noted as printed.
    changed
        Whether signs that would look as they were printed last are left out.
    processes
        How many work at once: this one, which finds what each sign says, and those that draw; 1
        does all by itself.
    """

    output: Path
    kind: str = PDF
    separate: bool = False
    size: str | None = None
    dpi: float = 150.0
    languages: tuple[str, ...] = ("zh-Hans", "en")
    theme: str = "light"
    base: str | None = None
    profile: str = "walk"
    levels: frozenset[str] = frozenset()
    wanted_states: Collection[SignState] = ()
    only: frozenset[str] = frozenset()
    temporary: frozenset[str] = frozenset()
    changed: bool = False
    processes: int = PROCESSES


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of signs beside the plan.

    Parameters
    ----------
    states
        Sign id to state; none for a plan alone.
    printed
        Sign id to what was printed last.
    """

    states: Mapping[str, SignState] = field(default_factory=dict)
    printed: Mapping[str, Printed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was made.

    Parameters
    ----------
    output
        Its folder.
    made
        Its signs that were printed, in their order.
    unchanged
        How many signs look as they were printed last, and were left out for it.
    removed
        How many were left out because they are removed.
    uncoded
        How many have no code yet though there is an address, and are specimens.
    noted
        How many have a note in the schedule.
    codes
        Sign id to code, of those that carry one.
    temporary
        Ids of those that hang only for a while.
    drawing_s, reading_s
        Seconds that drawing took, with finding what the signs say, and reading back.
    """

    output: Path
    made: tuple[Made, ...]
    unchanged: int
    removed: int
    uncoded: int
    noted: int
    codes: Mapping[str, str]
    temporary: frozenset[str]
    drawing_s: float
    reading_s: float

    @property
    def pages(self) -> int:
        """How many pages its signs have."""
        return sum(len(one.pages) for one in self.made)


class FaultsError(BatchError):
    """Signs cannot be read back: the batch is not made.

    Parameters
    ----------
    faults
        What is wrong.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("printing.faults", count=len({fault.sign for fault in faults}))
        self.faults = tuple(faults)
