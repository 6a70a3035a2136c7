"""The way with the least in its way: a search on all edges, barred ones at a price."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np

from wayfinder.route.forest import Forest, Weights
from wayfinder.route.layout import Layout
from wayfinder.route.passable import UNKNOWN
from wayfinder.route.schedule import Epoch
from wayfinder.route.search import Search
from wayfinder.route.table import Floats
from wayfinder.route.trees import find_cost_s

_CLOSED_S, _UNKNOWN_S, _BARRED_S, _BUILT_S, _ZONE_S, _NEVER_S = 1e4, 4e4, 1e5, 4e5, 1e6, 1e7
"""What yields most easily first: a closure, a gap in the plan, a narrow door, steps, a zone."""
_WEIGHTS: Mapping[str, float] = {
    "emergency-only": _NEVER_S,
    "restricted": _NEVER_S,
    "steps": _BUILT_S,
    "escalator": _BUILT_S,
    **dict.fromkeys(UNKNOWN, _UNKNOWN_S),
}
_KEPT_EPOCHS = 8
_TREE_BYTES = 4 * 2**20
"""Memory for the trees of refusals (ours)."""


class Relaxed:
    """Finds ways whatever bars them; matrices and trees are kept, as many ask the same.

    Parameters
    ----------
    search
        The search on what is open.
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        self._table = search.table
        self._trees = Forest(self._weigh, search.compare, _TREE_BYTES)
        self.list_away = lru_cache(_KEPT_EPOCHS)(self._list_away)
        """`_list_away`, remembered."""

    def find_path(
        self,
        starts: Sequence[int],
        ends: Sequence[int],
        profile: str,
        epoch: Epoch,
        allowed: frozenset[int],
    ) -> list[int] | None:
        """Find the nodes of the way with the least penalties; None where nothing is drawn.

        Parameters
        ----------
        starts, ends
            Node indices.
        profile
            Name of the profile.
        epoch
            What is open and closed.
        allowed
            Indices of the zones that may be entered.
        """
        asked = profile, epoch, allowed
        paths = list(self._trees.list_paths(starts, sorted(ends), *asked))
        if len(paths) > 1:
            paths.sort(key=partial(find_cost_s, self._trees.get_matrix(*asked)))
        return [self._layout.node_of[node] for node in paths[0]] if paths else None

    @property
    def _layout(self) -> Layout:
        return self._search.get_layout(free_climb=False)

    def _weigh(self, profile: str, epoch: Epoch, allowed: frozenset[int]) -> Weights:
        costs = self._search.get_costs(profile)
        cost_s = costs.make_choice(epoch) + self._make_penalties(profile, epoch, allowed)
        return Weights(self._layout, cost_s, np.ones(len(cost_s), dtype=bool), costs.make_rebate())

    def _make_penalties(self, profile: str, epoch: Epoch, allowed: frozenset[int]) -> Floats:
        """Return what each edge costs more for being barred, shape (edges,)."""
        costs, table = self._search.get_costs(profile), self._table
        by_group = np.zeros(len(table.groups))
        for index, verdict in enumerate(costs.verdicts):
            if verdict.reason:
                by_group[index] = _WEIGHTS.get(verdict.reason, _BARRED_S)
        by_group += _CLOSED_S * self._search.shafts.bar_epoch(epoch)
        penalties = by_group[table.group]
        if table.zones:
            may_enter = self._search.may_enter(costs.profile.enters, allowed)
            penalties += _ZONE_S * ~may_enter[table.zone]
        return np.asarray(penalties, dtype=np.float64)

    def _list_away(self, epoch: Epoch) -> Mapping[int, Sequence[tuple[str, str]]]:
        """List by group what closes it in an epoch: reasons and features."""
        found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for reason, features in (("closed", epoch.closed), ("outside-hours", epoch.shut)):
            for feature in sorted(features):
                for group in np.flatnonzero(self._search.shafts.bar({feature})).tolist():
                    found[group].append((reason, feature))
        return dict(found)
