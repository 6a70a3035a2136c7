"""Signs of a plan, or of a venue of the store, as an audit sees them: printed or but planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from wayfinder.model import Plan, Sign, list_signs
from wayfinder.model.sign_codes import clean_code
from wayfinder.model.sign_records import SignState
from wayfinder.route import Router
from wayfinder.services.batch_folder import BatchError
from wayfinder.services.printed_signs import write_out
from wayfinder.services.signage import read_entries
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
    called
        Ids that signs of the venue have or had, each with the one that the sign has now.
    """

    plan: Plan
    signs: tuple[Sign, ...]
    states: Mapping[str, SignState] = field(default_factory=dict)
    release: int | None = None
    called: Mapping[str, str] = field(default_factory=dict)

    def find_same(self, older: "Audited") -> Mapping[str, str]:
        """Return the signs of an older plan that have another id in this one: old id to new id.

        Known by the registry, or by the code that both plans give them.
        """
        own = {sign.id for sign in list_signs(self.plan)}
        coded = {clean_code(sign.code): sign.id for sign in list_signs(self.plan) if sign.code}
        found: dict[str, str] = {}
        for sign in older.signs:
            by_code = coded.get(clean_code(sign.code)) if sign.code else None
            same = by_code or self.called.get(sign.id)
            if sign.id not in own and same in own:
                found[sign.id] = same
        return found

    def is_printed(self, sign_id: str) -> bool:
        """Tell whether a sign is more than data; of a plan alone all are taken to be."""
        return self.release is None or self.states.get(sign_id) in ON_WALLS

    def write_out(self, router: Router) -> "Audited":
        """Return the signs with what is printed on them; of a router of the plan."""
        return replace(self, signs=write_out(router, self.signs))

    def lay_over(self, plan: Plan, states: Collection[SignState] = ()) -> "Audited":
        """Return the signs of another plan in the states that these have.

        Parameters
        ----------
        plan
            What the signs were printed from, say.
        states
            In which states a sign counts; none: all but removed.
        """
        return replace(self, plan=plan, signs=_keep(plan, self.states, states))


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
        entries = sorted(read_entries(connection, venue), key=lambda one: one.is_in_force)
    # a plan that hung before may call a sign by an id that it has no more
    called = {had: one.feature for one in entries for had in one.formerly}
    called |= {one.feature: one.feature for one in entries}
    states_of = {one.feature: one.state for one in entries}
    known = {key: states_of[feature] for key, feature in called.items()}
    return Audited(plan, _keep(plan, known, states), known, wanted, called)


def _keep(
    plan: Plan, known: Mapping[str, SignState], states: Collection[SignState]
) -> tuple[Sign, ...]:
    """Return the signs of a plan that are in some states; none: all but removed."""
    counting = frozenset(states) or frozenset(SignState) - {SignState.REMOVED}
    return tuple(s for s in list_signs(plan) if known.get(s.id, SignState.PLANNED) in counting)
