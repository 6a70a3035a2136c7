"""What reading a file gives."""

from dataclasses import dataclass

from wayfinder.model import Issue, Plan


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A plan as far as it could be read, and all that is wrong with it.

    Parameters
    ----------
    plan
        The plan.
    issues
        Problems of the file and of the drawing, in a stable order.
    """

    plan: Plan
    issues: tuple[Issue, ...]
