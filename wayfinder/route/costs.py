"""What every edge costs a profile: seconds shown, burden for the choice, and what is barred."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

import networkx as nx
import numpy as np

from wayfinder.graph import EdgeKind, Network
from wayfinder.kept import Kept
from wayfinder.model import Building, Geofence, Level, Section, Unit, Venue
from wayfinder.model.categories import VERTICAL
from wayfinder.model.values import read_number
from wayfinder.route.layout import Layout
from wayfinder.route.passable import Verdict, judge
from wayfinder.route.profiles import (
    DOOR_S,
    ESCALATOR_S_PER_FLOOR,
    LIFT_ALIGHT_S,
    LIFT_BOARD_S,
    LIFT_S_PER_FLOOR,
    LIFT_WAIT_S,
    RESTRICTED_BURDEN_S,
    ROOM_BURDEN_S,
    TURN_BURDEN_S,
    Profile,
)
from wayfinder.route.schedule import Epoch
from wayfinder.route.table import Floats, Ints, Mask, Table

_KEPT_EPOCHS = 64
LEAST_S = 1e-6
"""Cost of an edge that would cost nothing: SciPy takes an explicit zero for no edge at all."""

_WALKED = (EdgeKind.WALK, EdgeKind.OPENING, EdgeKind.MANUAL, EdgeKind.RAMP)


class Shafts:
    """Which lift units are one lift, and what else a closed feature stands for.

    Parameters
    ----------
    network
        The network.
    table
        The same, compiled.
    """

    def __init__(self, network: Network, table: Table) -> None:
        self._plan = network.plan
        self._network = network
        self._table = table
        graph: nx.Graph[str] = nx.Graph()
        for group in table.groups:
            if group.kind is EdgeKind.LIFT_RIDE:
                ends = [unit for unit in group.units if unit is not None]
                nx.add_path(graph, ends)
        shafts = [frozenset(shaft) for shaft in nx.connected_components(graph)]
        self.of_unit: Mapping[str, frozenset[str]] = {
            unit: shaft for shaft in shafts for unit in shaft
        }
        self._get_own_wait_s = cache(self._find_own_wait_s)
        self._barred: Kept[str, Mask] = Kept(_KEPT_EPOCHS)

    def expand(self, features: Iterable[str]) -> frozenset[str]:
        """Add to closed features what closes with them.

        A lift is one thing on all its floors; a section or geofence closes its units, a building
        its levels, the venue all.
        """
        found: set[str] = set()
        for key in features:
            found |= {key} | self.of_unit.get(key, frozenset())
            feature = self._plan.features.get(key)
            if isinstance(feature, Section | Geofence):
                nodes = self._network.places.get(key, ())
                found |= {
                    unit for node in nodes if (unit := self._network.graph.nodes[node]["unit"])
                }
            elif isinstance(feature, Building | Venue):
                every = isinstance(feature, Venue)
                found |= {
                    level.id
                    for level in self._plan.list_of(Level)
                    if every or key in level.building_ids
                }
        return frozenset(found)

    def bar(self, features: Iterable[str]) -> Mask:
        """Tell which groups of edges are barred while some features are, shape (groups,).

        A room bars whoever would enter it: who is inside may leave, open or not.
        """
        mask = np.zeros(len(self._table.groups), dtype=bool)
        for feature in self.expand(features):
            mask[list(self._barred_by.get(feature, ()))] = True
        return mask

    def bar_epoch(self, epoch: Epoch) -> Mask:
        """Tell which groups hours and closures bar in an epoch, shape (groups,).

        Not to be changed: others have the same.
        """
        return self._barred.get(epoch.id, lambda: self.bar(epoch.shut | epoch.closed))

    @cached_property
    def _barred_by(self) -> Mapping[str, tuple[int, ...]]:
        """Feature id, or level id, to the indices of the groups that are barred with it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for index, group in enumerate(self._table.groups):
            left, entered = group.units
            for feature in {*group.features, *group.levels, entered or ""}:
                if self._is_room(feature):
                    barred = feature == entered != left
                else:
                    barred = feature in group.features or feature in group.levels
                if barred:
                    found[feature].append(index)
        return {feature: tuple(indices) for feature, indices in found.items()}

    def _is_room(self, feature: str) -> bool:
        unit = self._plan.find(feature, Unit)
        return unit is not None and unit.category not in VERTICAL

    def wait_s(self, unit: str, waits: Mapping[str, float]) -> float:
        """Return the seconds one waits for a unit's lift: today's first, then its own."""
        shaft = self._list_shaft(unit) if waits else ()
        today = next((waits[key] for key in shaft if key in waits), None)
        return self._get_own_wait_s(unit) if today is None else today

    def _list_shaft(self, unit: str) -> tuple[str, ...]:
        """List the units of a unit's lift, that unit first."""
        return unit, *sorted(self.of_unit.get(unit, frozenset()) - {unit})

    def _find_own_wait_s(self, unit: str) -> float:
        """Return the seconds that the plan gives a unit's lift, else those of any lift."""
        for key in self._list_shaft(unit):
            feature = self._plan.find(key, Unit)
            own = None if feature is None else read_number(feature.lift, "wait_s")
            if own is not None and own >= 0:
                return own
        return LIFT_WAIT_S


class Costs:
    """The costs of one profile on one network.

    Parameters
    ----------
    network
        The network.
    table
        The same, compiled.
    shafts
        Its lifts.
    profile
        Who travels.
    layout
        How the edges are laid out for who travels so.
    """

    def __init__(
        self, network: Network, table: Table, shafts: Shafts, profile: Profile, layout: Layout
    ) -> None:
        self.table = table
        self.profile = profile
        self._shafts = shafts
        self.verdicts: tuple[Verdict, ...] = tuple(
            judge(network, group, profile) for group in table.groups
        )
        self.layout = layout
        self.barred: Mask = np.array(
            [bool(verdict.reason) for verdict in self.verdicts], dtype=bool
        )
        """Which groups are barred at any hour, shape (groups,)."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Node id of each searched node."""
        return tuple(self.table.nodes[node] for node in self.layout.node_of)

    @cached_property
    def _calm_s(self) -> Floats:
        """What each edge costs when choosing, without waits, in seconds, shape (edges,)."""
        return self.seconds + self.burden

    @property
    def seconds(self) -> Floats:
        """Seconds of each edge without waits, shape (edges,).

        Raises ValueError where a kind has no figure.
        """
        table, profile = self.table, self.profile
        floors, board_s = np.abs(table.floors), LIFT_BOARD_S + LIFT_ALIGHT_S
        walked = table.length_m / profile.speed_mps
        on_stairs = np.where(floors > 0, profile.stairs_s_per_floor * floors, walked)
        on_escalator = np.where(floors > 0, ESCALATOR_S_PER_FLOOR * floors, walked)
        figures = {
            **dict.fromkeys(_WALKED, walked),
            EdgeKind.DOOR: walked + DOOR_S,
            EdgeKind.STAIRS: on_stairs,
            EdgeKind.ESCALATOR: on_escalator,
            EdgeKind.LIFT_BOARD: np.full_like(walked, LIFT_BOARD_S),
            EdgeKind.LIFT_RIDE: LIFT_S_PER_FLOOR * floors
            + np.where(self._is_drawn_lift, board_s, 0.0),
            EdgeKind.LIFT_ALIGHT: np.full_like(walked, LIFT_ALIGHT_S),
        }
        seconds = np.full(len(walked), np.nan)
        for kind, figure in figures.items():
            chosen = table.is_kind(kind)
            seconds[chosen] = figure[chosen]
        if np.isnan(seconds).any():
            raise ValueError(
                f"no figure for {self.table.groups[table.group[np.isnan(seconds)][0]].kind}"
            )
        return seconds

    @property
    def burden(self) -> Floats:
        """Burden of each edge in seconds, every floor climbed counted, shape (edges,)."""
        table, profile = self.table, self.profile
        up, down = np.maximum(table.floors, 0), np.maximum(-table.floors, 0)
        stairs = np.where(
            table.is_kind(EdgeKind.STAIRS),
            profile.climb_burden_s * up + profile.descend_burden_s * down,
            0.0,
        )
        others = [
            group.access is not None and group.access not in profile.enters
            for group in table.groups
        ]
        restricted = RESTRICTED_BURDEN_S * np.array(others, dtype=np.float64)[table.group]
        return (
            TURN_BURDEN_S * table.turns + ROOM_BURDEN_S * table.through_room + stairs + restricted
        )

    def make_rebate(self) -> Floats:
        """Return what each edge costs less as the first climb of a journey, in seconds.

        A first flight of less than the free floors uses them up. Shape (edges,), made anew.
        """
        up = np.where(self.table.is_kind(EdgeKind.STAIRS), np.maximum(self.table.floors, 0), 0.0)
        return self.profile.climb_burden_s * np.minimum(up, self.profile.free_floors)

    @cached_property
    def _is_drawn_lift(self) -> Mask:
        """Which edges are a lift drawn as a line, shape (edges,).

        One rides at once, so boarding and waiting belong to the ride.
        """
        drawn = np.array([group.units == (None, None) for group in self.table.groups], dtype=bool)
        return np.asarray(self.table.is_kind(EdgeKind.LIFT_RIDE) & drawn[self.table.group])

    @cached_property
    def _boards(self) -> Mapping[str, Ints]:
        """Lift unit id, or the id of a drawn lift, to the edges by which one boards it."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        boards = self.table.is_kind(EdgeKind.LIFT_BOARD) | self._is_drawn_lift
        for edge in np.flatnonzero(boards).tolist():
            group = self.table.groups[self.table.group[edge]]
            found[group.units[1] or group.features[0]].append(edge)
        return {unit: np.array(edges, dtype=np.int32) for unit, edges in found.items()}

    def make_choice(self, epoch: Epoch) -> Floats:
        """Return what each edge costs when choosing, in seconds, shape (edges,).

        Made anew each time: a column that few ask for is larger than its making is slow.
        """
        choice, waits = self._calm_s.copy(), dict(epoch.wait_s)
        for unit, edges in self._boards.items():
            choice[edges] += self._shafts.wait_s(unit, waits)
        return np.maximum(choice, LEAST_S, out=choice)

    def find_barred(self, epoch: Epoch) -> Mask:
        """Tell which groups are barred in an epoch, zones left aside, shape (groups,)."""
        return self.barred | self._shafts.bar_epoch(epoch)

    def wait_s(self, unit: str, epoch: Epoch) -> float:
        """Return the seconds one waits for a lift in an epoch."""
        return self._shafts.wait_s(unit, dict(epoch.wait_s))
