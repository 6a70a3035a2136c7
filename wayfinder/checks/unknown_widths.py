"""Plans on which nobody in a wheelchair is led anywhere, as nobody said how wide things are.

Drawn in one go, a plan has rooms, doors and lifts but neither clear widths nor the sizes of lifts;
and what nobody vouches for is closed to a wheelchair. Every other check finds such a plan in order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from wayfinder.checks.public_places import list_public_doors, list_public_places
from wayfinder.graph import Network
from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.model import Issue, Opening, Severity, Unit
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

    def spread(self, starts: Iterable[int], led: Mask) -> Mask:
        """Tell which nodes are reached from any of some over some edges, shape (nodes,)."""
        source = len(self.table.nodes)  # a node more, from which all of them are entered at once
        first = np.fromiter(starts, dtype=np.int32)
        tails = np.concatenate([self.table.tail[led], np.full(len(first), source)])
        heads = np.concatenate([self.table.head[led], first])
        shape = source + 1, source + 1
        forward = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=shape)
        met: Mask = np.zeros(source + 1, dtype=bool)
        met[breadth_first_order(forward, source, return_predecessors=False)] = True
        return met[:source]


def list_unknown_widths(network: Network) -> tuple[Issue, ...]:
    """Say so where patients in a wheelchair get next to nowhere since widths are not known.

    Counted are the places that visitors ask the way to and that a wheelchair would reach from the
    public doors if all that is unknown were wide enough. Next to none of them is at most a tenth:
    then somebody has still to be told that widths count. On plans where some widths are known and
    others are not more than that is reached, or what bars is known to bar; each gap of theirs is a
    matter for whoever measures there, and a warning of the whole plan would never go away. Not
    none at all, since a desk in the doorway is reached whatever is unknown behind it. Plans without
    a public door are left out: `no-entrance` says what is wrong with them.

    Returns
    -------
    tuple of Issue
        At most one. It is of the venue where widths are unknown, which can vouch for all of them at
        once, else of the lifts.
    """
    doors, places = list_public_doors(network), list_public_places(network)
    if not doors or not places:
        return ()
    ground = _survey(network)
    index = ground.table.index
    starts = [index[door.outer] for door in doors]
    perhaps = ground.spread(starts, ground.passes | ground.unknown)
    surely = ground.spread(starts, ground.passes)
    nodes = [
        [index[node] for node in network.places[place.id] if node in index] for place in places
    ]
    within = sum(bool(perhaps[ends].any()) for ends in nodes)
    reached = sum(bool(surely[ends].any()) for ends in nodes)
    if not within or reached > _FEW * within:
        return ()
    met = ground.unknown & perhaps[ground.table.tail]
    groups = np.unique(ground.table.group[met]).tolist()
    found = {key for group in groups for key in ground.culprits[group]}
    # a lift is one thing on all its floors
    alike = {min(ground.shafts.get(key, {key})) for key in found}
    return (_make_issue(network, sorted(alike), reached, within),)


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


def _make_issue(network: Network, found: Iterable[str], reached: int, within: int) -> Issue:
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for key in found:
        kinds[_find_kind(network, key)].append(key)
    missing = [_say_missing(kind, len(kinds[kind])) for kind in _KINDS if kind in kinds]
    values = {"reached": reached, "places": within, "missing": missing}
    venue = network.plan.venue
    lifts = kinds.pop("lifts", [])
    features = tuple(([venue.id] if kinds and venue is not None else []) + lifts)
    return Issue("wheelchair-widths-unknown", Severity.WARNING, values, features)


def _find_kind(network: Network, key: str) -> str:
    feature = network.plan.features.get(key)
    if isinstance(feature, Unit):
        return "lifts" if feature.category == LIFT else "spaces"
    return "doors" if isinstance(feature, Opening) else "ways"


def _say_missing(kind: str, count: int) -> dict[str, str]:
    words = f"checks.widths-unknown.{kind}"
    return {language: translate(language, words, count=count) for language in LANGUAGES}
