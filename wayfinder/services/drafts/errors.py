"""What the drafts refuse, beyond what the store does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wayfinder.model import Feature, Issue
from wayfinder.store import ConflictError

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Conflict:
    """A feature that somebody else changed since.

    Parameters
    ----------
    id
        Its id.
    seen
        As whoever acts saw it; None: there was none.
    mine
        As it would be by their action.
    theirs
        As it is now.
    authors
        Who changed it since, in the order of their first change.
    """

    id: str
    seen: Feature | None
    mine: Feature | None
    theirs: Feature | None
    authors: tuple[str, ...]


class StaleError(ConflictError):
    """Somebody else has changed what an action touches, since whoever acts last looked.

    Parameters
    ----------
    conflicts
        What is concerned.
    head
        Number of the last entry.
    can_join
        Whether the action can be done on top of what the others did.
    """

    def __init__(self, conflicts: Sequence[Conflict], head: int, *, can_join: bool) -> None:
        named = [conflict.id for conflict in conflicts][:_NAMED]
        super().__init__("draft-stale", features=named, head=head)
        self.conflicts = tuple(conflicts)
        self.head = head
        self.can_join = can_join


class MergeError(ConflictError):
    """A draft and the release in force both changed the same features, and nobody chose yet.

    Parameters
    ----------
    conflicts
        What is concerned; ``mine`` is the draft's, ``theirs`` the release's.
    published
        Number of the release in force.
    """

    def __init__(self, conflicts: Sequence[Conflict], published: int | None) -> None:
        super().__init__("draft-merge", features=[one.id for one in conflicts][:_NAMED])
        self.conflicts = tuple(conflicts)
        self.published = published


class UnfitError(ConflictError):
    """A draft has errors, and is not published.

    Parameters
    ----------
    name
        The draft's.
    issues
        All that is wrong, most severe first.
    errors
        The errors among them.
    """

    def __init__(self, name: str, issues: Iterable[Issue], errors: Sequence[Issue]) -> None:
        codes = [issue.code for issue in errors]
        counted = [f"{code} ({codes.count(code)})" for code in sorted(set(codes))]
        super().__init__("draft-has-errors", name=name, count=len(errors), codes=counted)
        self.issues = tuple(issues)
        self.errors = tuple(errors)
