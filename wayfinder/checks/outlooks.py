"""What somebody who walks sees on the way: signs that are legible, doors of places, lifts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import cos, dist, radians

import numpy as np

from wayfinder.checks.floor_changes import list_open_ends
from wayfinder.checks.sight import DOOR_PLATE_M, Floats, Panels, Sight, find_legible_in, see_each
from wayfinder.checks.stroll import Stance
from wayfinder.graph import Network, NodeKind
from wayfinder.guide.sights import Region, in_front
from wayfinder.model import Sign, Unit
from wayfinder.model.categories import VERTICAL

Point = tuple[float, float]

_GLANCE = cos(radians(80.0))
"""Who walks sees what lies at most so far aside of where he looks (ours)."""

SHAFT_M = 12.0
"""From how far one sees which lift or stairs is meant (ours)."""


@dataclass(frozen=True)
class Outlook:
    """What one sees from where one looks round, by the number of the stance.

    Parameters
    ----------
    legible
        For each stance the indices of the signs that one can read there, the nearest first.
    places
        Id of a node or unit whose door plate one reads to the first stance from which one does.
    shafts
        Id of a lift's, stairs' or escalator's unit, or of the foot of stairs that are a line, to
        the first stance from which one sees it.
    """

    legible: tuple[tuple[int, ...], ...]
    places: Mapping[str, int]
    shafts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Glance:
    """What one sees from one stance: signs, plates, shafts, the nearest first."""

    legible: tuple[int, ...]
    places: tuple[str, ...]
    shafts: tuple[str, ...]


@dataclass
class _Surroundings:
    """What there is to see in one region."""

    signs: list[int] = field(default_factory=list)
    panels: Panels | None = None
    places: list[str] = field(default_factory=list)
    spots: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    shafts: list[str] = field(default_factory=list)
    doors: Floats = field(default_factory=lambda: np.zeros((0, 2)))


class Outlooks:
    """Looks round on one network.

    Parameters
    ----------
    network
        The network.
    sight
        What is legible from where.
    signs
        The signs that hang.
    plates
        Ids of the nodes and units that somebody looks for.
    """

    def __init__(
        self, network: Network, sight: Sight, signs: Sequence[Sign], plates: Collection[str]
    ) -> None:
        self._network = network
        self._signs = signs
        self._panels = Panels.of(network.plan, signs)
        self._plates = frozenset(plates)
        self._stairs = frozenset(list_open_ends(network))
        self._known: dict[int, _Surroundings] = {}
        self._glances: dict[tuple[int, Point, Point], _Glance] = {}
        self.region_of_sign: list[Region | None] = []
        self._in_region: defaultdict[int, list[int]] = defaultdict(list)
        for number, sign in enumerate(signs):
            x, y = self._panels.points[number].tolist()
            region = sight.find_region(sign.level_id, (x, y))
            self.region_of_sign.append(region)
            if region is not None:
                self._in_region[id(region)].append(number)

    def get_reading_point(self, number: int) -> tuple[float, float]:
        """Return where a sign is looked at, in metres."""
        x, y = self._panels.points[number].tolist()
        return x, y

    def find_clear_m(self, number: int) -> float:
        """Return how far it is from a face to the wall before it; 0 where it hangs in one."""
        region = self.region_of_sign[number]
        if region is None:
            return 0.0
        points, ways = self._panels.points[[number]], self._panels.normals[[number]]
        return float(region.reach_m(points, ways)[0])

    def look_round(self, stance: Stance) -> tuple[int, ...]:
        """List what is legible to who turns round on the spot, the nearest first."""
        x, y = stance.heading
        views = [replace(stance, heading=way) for way in ((x, y), (y, -x), (-x, -y), (-y, x))]
        return tuple(dict.fromkeys(n for row in self.look(views).legible for n in row))

    def look(self, stances: Sequence[Stance]) -> Outlook:
        """Look ahead from each of some stances in turn."""
        keys = [(id(one.region), one.at, one.heading) for one in stances]
        fresh = [n for n, key in enumerate(keys) if key not in self._glances]
        for region, group in groupby(fresh, key=lambda n: stances[n].region):
            numbers = list(group)
            views = self._glance(region, [stances[n] for n in numbers])
            self._glances.update(zip((keys[n] for n in numbers), views, strict=True))
        seen = [self._glances[key] for key in keys]
        places: dict[str, int] = {}
        shafts: dict[str, int] = {}
        for number, glance in enumerate(seen):
            for found, names in ((places, glance.places), (shafts, glance.shafts)):
                for name in names:
                    found.setdefault(name, number)
        return Outlook(tuple(glance.legible for glance in seen), places, shafts)

    def _glance(self, region: Region, stances: Sequence[Stance]) -> list["_Glance"]:
        """Look ahead from stances in one region."""
        around = self._survey(region)
        eyes = np.array([stance.at for stance in stances])
        places = see_near(region, eyes, around.spots, DOOR_PLATE_M)
        shafts = see_near(region, eyes, around.doors, SHAFT_M)
        found: list[_Glance] = []
        for number, legible in enumerate(self._read(region, around, stances)):
            near = tuple(around.places[k] for row, k in places if row == number)
            lifts = tuple(around.shafts[k] for row, k in shafts if row == number)
            found.append(_Glance(legible, near, lifts))
        return found

    def _read(
        self, region: Region, around: _Surroundings, stances: Sequence[Stance]
    ) -> list[tuple[int, ...]]:
        if around.panels is None:
            return [()] * len(stances)
        eyes = np.array([stance.at for stance in stances])
        ways = np.array([stance.heading for stance in stances])
        found = find_legible_in(region, eyes, around.panels)
        offsets = around.panels.points[None, :, :] - eyes[:, None, :]
        ahead = (offsets * ways[:, None, :]).sum(axis=-1)
        found &= ahead >= _GLANCE * np.hypot(offsets[..., 0], offsets[..., 1])
        points = around.panels.points
        rows = []
        for eye, row in zip(eyes.tolist(), found, strict=True):
            near = sorted(np.flatnonzero(row).tolist(), key=lambda k: dist(eye, points[k]))
            rows.append(tuple(around.signs[k] for k in near))
        return rows

    def _survey(self, region: Region) -> _Surroundings:
        known = self._known.get(id(region))
        if known is None:
            known = self._known[id(region)] = self._make(region)
        return known

    def _make(self, region: Region) -> _Surroundings:
        plan, nodes = self._network.plan, self._network.graph.nodes
        made = _Surroundings(signs=self._in_region.get(id(region), []))
        if made.signs:
            made.panels = self._panels.take(made.signs)
        spots, doors = [], []
        for node in sorted(region.nodes):
            at = nodes[node]
            if at["kind"] is NodeKind.PLACE and node in self._plates:
                made.places.append(node)
                spots.append((at["x"], at["y"]))
            elif at["kind"] is NodeKind.OPENING and at["unit"] in self._plates:
                made.places.append(at["unit"])
                spots.append((at["x"], at["y"]))
            if node in self._stairs:
                made.shafts.append(node)
                doors.append((at["x"], at["y"]))
        for portal in region.portals:
            unit = plan.find(portal.beyond, Unit)
            if unit is not None and unit.category in VERTICAL:
                made.shafts.append(unit.id)
                doors.append(in_front(portal))
            elif unit is not None and unit.id in self._plates:
                made.places.append(unit.id)
                spots.append(in_front(portal))
        made.spots = np.array(spots, dtype=float).reshape(-1, 2)
        made.doors = np.array(doors, dtype=float).reshape(-1, 2)
        return made


def see_near(region: Region, eyes: Floats, targets: Floats, most_m: float) -> list[tuple[int, int]]:
    """List pairs of an eye and a target in sight within some metres, by eye, the nearest first."""
    if not len(targets):
        return []
    offsets = eyes[:, None, :] - targets[None, :, :]
    far_m = np.hypot(offsets[..., 0], offsets[..., 1])
    rows, columns = np.nonzero(far_m <= most_m)
    order = np.lexsort((far_m[rows, columns], rows))
    rows, columns = rows[order], columns[order]
    seen = see_each(region, eyes[rows], targets[columns])
    return list(zip(rows[seen].tolist(), columns[seen].tolist(), strict=True))
