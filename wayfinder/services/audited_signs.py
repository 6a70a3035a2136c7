"""Signs of a plan, or of a venue of the store, as an audit sees them: printed or but planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from wayfinder.model import Plan, Sign, list_signs
from wayfinder.model.sign_records import SignState
from wayfinder.services.batch_folder import BatchError
from wayfinder.services.signage import list_entries
from wayfinder.store import Store
from wayfinder.store.releases import read_release
from wayfinder.store.venues import get_venue

ON_WALLS = frozenset({SignState.PRINTED, SignState.MOUNTED, SignState.DAMAGED})
"""What is printed can be wrong; what is planned is changed with the plan."""


@dataclass(frozen=True)
class Audited:
    """A plan whose signs are audited.

    Parameters
    ----------
    plan
        The plan.
    signs
        Its signs in question.
    states
        Sign id to how far it has come; empty for a plan alone, of which nobody knows.
    release
        Number of the venue's release, or None for a plan alone.
    """

    plan: Plan
    signs: tuple[Sign, ...]
    states: Mapping[str, SignState] = field(default_factory=dict)
    release: int | None = None

    def is_printed(self, sign_id: str) -> bool:
        """Tell whether a sign is more than data; of a plan alone all are taken to be."""
        return self.release is None or self.states.get(sign_id) in ON_WALLS

    def lay_over(self, plan: Plan, states: Collection[SignState] = ()) -> "Audited":
        """Return the signs of another plan in the states that these have.

        Parameters
        ----------
        plan
            What the signs were printed from, say.
        states
            In which states a sign counts; none: all but removed.
        """
        return Audited(plan, _keep(plan, self.states, states), self.states, self.release)


def audit_plan(plan: Plan) -> Audited:
    """Return the signs of a plan alone."""
    return Audited(plan, list_signs(plan))


def load_audited(
    store: Store, slug: str, number: int | None = None, *, states: Collection[SignState] = ()
) -> Audited:
    """Return the signs of a venue's release.

    Parameters
    ----------
    store
        The store.
    slug
        The venue's name in addresses.
    number
        The release; None: the one in force.
    states
        In which states a sign counts; none: all but removed.

    Raises
    ------
    UnknownError
        There is no such venue or release.
    BatchError
        Nothing of it is published, and no release is named.
    """
    with store.read() as connection:
        venue = get_venue(connection, slug)
        wanted = venue.published if number is None else number
        if wanted is None:
            raise BatchError("printing.not-published", venue=slug)
        plan = read_release(connection, venue, wanted).plan
    entries = sorted(list_entries(store, slug), key=lambda one: one.is_in_force)
    known = {one.feature: one.state for one in entries}
    return Audited(plan, _keep(plan, known, states), known, wanted)


def _keep(
    plan: Plan, known: Mapping[str, SignState], states: Collection[SignState]
) -> tuple[Sign, ...]:
    """Return the signs of a plan that are in some states; none: all but removed."""
    counting = frozenset(states) or frozenset(SignState) - {SignState.REMOVED}
    return tuple(s for s in list_signs(plan) if known.get(s.id, SignState.PLANNED) in counting)
