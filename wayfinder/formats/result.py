"""What reading a file gives."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from wayfinder.model import Issue, Plan


def _find_none(_plan: Plan) -> Iterable[Issue]:
    return ()


@dataclass(frozen=True)
class ReadResult:
    """A plan as far as it could be read, and all that is wrong with it.

    Parameters
    ----------
    plan
        The plan.
    file_issues
        What is wrong with the file.
    judge
        Finds what is wrong with the drawing: looked for when first asked, as who serves a plan that
        was judged before need not wait for it.
    """

    plan: Plan
    file_issues: tuple[Issue, ...]
    judge: Callable[[Plan], Iterable[Issue]] = _find_none

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Problems of the file and of the drawing, in a stable order."""
        return (*self.file_issues, *self.judge(self.plan))
