"""What a process keeps of the drafts: their plans, and the networks of those last worked on."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from wayfinder.checks import check_network
from wayfinder.collector import without_collector
from wayfinder.formats.validation import list_plan_issues
from wayfinder.graph import Network, build_network
from wayfinder.model import Issue, Plan, Severity
from wayfinder.route import Router
from wayfinder.services.drafts.snapshots import Snapshots
from wayfinder.store import Store

_MOST_NETWORKS = 2
"""A network of a large hospital with what its next build takes over is 150 MB (ours)."""


@dataclass(frozen=True)
class Look:
    """A draft's plan, and what is derived from it when somebody asks.

    Parameters
    ----------
    plan
        The plan.
    network
        Its network.
    """

    plan: Plan
    network: Network

    @cached_property
    def router(self) -> Router:
        """Finds ways in the draft."""
        return Router(self.network)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """All that is wrong with the plan, most severe first."""
        with without_collector():
            return check_network(self.network, reading=list_plan_issues(self.plan)).issues

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that bar publishing."""
        return tuple(one for one in self.issues if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """The issues that do not, but should be looked at."""
        return tuple(one for one in self.issues if one.severity is Severity.WARNING)


class Desk:
    """What a process works on drafts with. Safe to share between threads.

    Parameters
    ----------
    store
        Where the drafts are.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.snapshots = Snapshots()
        self._looks: OrderedDict[int, Look] = OrderedDict()
        self._building: dict[int, Lock] = {}
        self._lock = Lock()

    def look(self, draft_id: int, plan: Plan) -> Look:
        """Return a plan with its network; only what changed since the last one is built anew.

        Who asks for one that is being built waits for it: it is not built twice.

        Parameters
        ----------
        draft_id
            The draft that it is of.
        plan
            The plan.
        """
        with self._lock:
            building = self._building.setdefault(draft_id, Lock())
        with building:
            with self._lock:
                known = self._looks.get(draft_id)
                if known is not None and known.plan is plan:
                    self._looks.move_to_end(draft_id)
                    return known
            with without_collector():
                made = Look(plan, build_network(plan, known.network if known is not None else None))
            with self._lock:
                self._looks[draft_id] = made
                self._looks.move_to_end(draft_id)
                while len(self._looks) > _MOST_NETWORKS:
                    self._building.pop(self._looks.popitem(last=False)[0], None)
        return made
