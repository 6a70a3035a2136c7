"""Plans and floors where nobody in a wheelchair is led anywhere, as no widths are known.

Drawn in one go, a plan has rooms, doors and lifts but neither clear widths nor the sizes of lifts;
and what nobody vouches for is closed to a wheelchair. Every other check finds such a plan in order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from wayfinder.checks.public_places import list_public_doors, list_public_places
from wayfinder.graph import Network
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.guide.names import name_level, sort_levels
from wayfinder.model import Feature, Issue, Level, Opening, Severity, Unit
from wayfinder.model.categories import LIFT
from wayfinder.route.costs import Shafts
from wayfinder.route.passable import UNKNOWN, judge
from wayfinder.route.profiles import WHEELCHAIR
from wayfinder.route.table import Mask, Table, find_table

_FEW = 0.1
"""A share of places that is as good as none (ours): see `list_unknown_widths`."""
_KINDS = ("spaces", "doors", "lifts", "ways")


@dataclass(frozen=True)
class _Ground:
    """A network's edges, and what a wheelchair finds on each."""

    table: Table
    passes: Mask
    """Which edges it is known to pass, shape (edges,)."""
    unknown: Mask
    """Which edges bar it only since the plan does not say enough, shape (edges,)."""
    culprits: Mapping[int, tuple[str, ...]]
    """What the plan does not say enough of, by group."""
    shafts: Mapping[str, frozenset[str]]
    """The units that are one lift, by each of them."""

    def spread(self, starts: Iterable[int], led: Mask, *, backward: bool = False) -> Mask:
        """Tell which nodes are reached from any of some over some edges, shape (nodes,).

        Backward: from which nodes any of them is reached.
        """
        source = len(self.table.nodes)  # a node more, from which all of them are entered at once
        first = np.fromiter(starts, dtype=np.int32)
        ends = self.table.tail, self.table.head
        before, behind = reversed(ends) if backward else ends
        tails = np.concatenate([before[led], np.full(len(first), source)])
        heads = np.concatenate([behind[led], first])
        shape = source + 1, source + 1
        forward = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=shape)
        met: Mask = np.zeros(source + 1, dtype=bool)
        met[breadth_first_order(forward, source, return_predecessors=False)] = True
        return met[:source]


@dataclass(frozen=True, slots=True)
class _Goal:
    """A public place that a wheelchair would reach if all that is unknown were wide enough."""

    nodes: Sequence[int]
    level: str | None
    is_reached: bool
    """Whether it does, unknown or not."""


def list_unknown_widths(network: Network) -> tuple[Issue, ...]:
    """Say so where patients in a wheelchair get next to nowhere since widths are not known.

    Counted are the places that visitors ask the way to and that a wheelchair would reach from the
    public doors if all that is unknown were wide enough, those of the whole plan and those of each
    floor: where the only lift is of unknown size the ground floor may be reached, and nobody is
    told that it is all. Next to none of them is at most a tenth: then somebody has still to be told
    that widths count. Where some widths of a floor are known and others are not more than that is
    reached, or what bars is known to bar; each gap of theirs is a matter for whoever measures
    there, and a warning of the whole would never go away. Not none at all, since a desk in the
    doorway is reached whatever is unknown behind it. Plans without a public door are left out:
    `no-entrance` says what is wrong with them.

    Returns
    -------
    tuple of Issue
        At most one, of the whole plan or of some floors. Its features are the venue where widths
        are unknown, which can vouch for all of them at once, then whatever stands in the way and is
        not known: spaces, doors, lifts on each of their floors, drawn ways.
    """
    doors, places = list_public_doors(network), list_public_places(network)
    if not doors or not places:
        return ()
    ground = _survey(network)
    starts = [ground.table.index[door.outer] for door in doors]
    perhaps = ground.spread(starts, ground.passes | ground.unknown)
    surely = ground.spread(starts, ground.passes)
    goals = list(_list_goals(network, ground, places, perhaps, surely))
    floors: list[Level] = []
    if not _is_next_to_none(goals):
        floors = [
            level
            for level in sort_levels(network.plan)
            if _is_next_to_none([goal for goal in goals if goal.level == level.id])
        ]
        goals = [goal for goal in goals if any(goal.level == level.id for level in floors)]
    if not goals:
        return ()
    found = _list_in_the_way(ground, goals, perhaps, surely)
    return (_make_issue(network, ground, found, goals, floors),)


def _list_goals(
    network: Network, ground: _Ground, places: Iterable[Feature], perhaps: Mask, surely: Mask
) -> Iterator[_Goal]:
    index = ground.table.index
    for place in places:
        ends = [node for node in network.places[place.id] if node in index]
        nodes = [index[node] for node in ends]
        if perhaps[nodes].any():
            level = network.graph.nodes[ends[0]]["level"]
            yield _Goal(nodes, level, bool(surely[nodes].any()))


def _is_next_to_none(goals: Sequence[_Goal]) -> bool:
    reached = sum(goal.is_reached for goal in goals)
    return bool(goals) and reached <= _FEW * len(goals)


def _list_in_the_way(
    ground: _Ground, goals: Sequence[_Goal], perhaps: Mask, surely: Mask
) -> frozenset[str]:
    """List what bars places only since it is unknown, and nothing that leads elsewhere."""
    tail, head = ground.table.tail, ground.table.head
    missed = [node for goal in goals if not goal.is_reached for node in goal.nodes]
    # not back through where one is already, whence one gets anywhere
    beyond = (ground.passes | ground.unknown) & perhaps[tail] & ~surely[head]
    before = ground.spread(missed, beyond & ~surely[tail], backward=True)
    groups = np.unique(ground.table.group[ground.unknown & beyond & before[head]]).tolist()
    return frozenset(key for group in groups for key in ground.culprits[group])


def _survey(network: Network) -> _Ground:
    table = find_table(network)
    verdicts = [judge(network, group, WHEELCHAIR) for group in table.groups]
    passes = np.array([one.reason is None for one in verdicts], dtype=bool)
    unknown = np.array([one.reason in UNKNOWN for one in verdicts], dtype=bool)
    open_ = table.zone < 0  # nobody is led to a public place through a restricted zone
    culprits = {i: one.culprits for i, one in enumerate(verdicts) if one.reason in UNKNOWN}
    shafts = Shafts(network, table).of_unit
    known, perhaps = passes[table.group] & open_, unknown[table.group] & open_
    return _Ground(table, known, perhaps, culprits, shafts)


def _make_issue(
    network: Network,
    ground: _Ground,
    found: Iterable[str],
    goals: Sequence[_Goal],
    floors: Sequence[Level],
) -> Issue:
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(found):
        kinds[_find_kind(network, key)].append(key)
    # a lift is one thing on all its floors
    counts = {
        kind: len({min(ground.shafts.get(key, {key})) for key in keys})
        for kind, keys in kinds.items()
    }
    values: dict[str, Any] = {
        "reached": sum(goal.is_reached for goal in goals),
        "places": len(goals),
        "missing": [_say_each(kind, count=counts[kind]) for kind in _KINDS if kind in kinds],
    }
    # who vouches for widths vouches for lifts that nobody measured: not offered for lifts alone
    lifts_alone = kinds.keys() == {"lifts"}
    values["remedy"] = _say_each("remedy.lifts" if lifts_alone else "remedy")
    venue = network.plan.venue
    vouching = [venue.id] if venue is not None and not lifts_alone else []
    features = (*vouching, *(key for kind in _KINDS for key in kinds[kind]))
    if not floors:
        return Issue("wheelchair-widths-unknown", Severity.WARNING, values, features)
    values["floors"] = [
        {language: name_level(network.plan, level, language) for language in LANGUAGES}
        for level in floors
    ]
    return Issue("wheelchair-floors-unknown", Severity.WARNING, values, features)


def _find_kind(network: Network, key: str) -> str:
    feature = network.plan.features.get(key)
    if isinstance(feature, Unit):
        return "lifts" if feature.category == LIFT else "spaces"
    return "doors" if isinstance(feature, Opening) else "ways"


def _say_each(code: str, **values: int) -> dict[str, str]:
    words = f"checks.widths-unknown.{code}"
    return {language: translate(language, words, **values) for language in LANGUAGES}
