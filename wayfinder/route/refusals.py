"""Honest refusals: what bars the way, and what would work instead.

The blockers are those on the way that would need the fewest and lightest of them to yield: a search
on all edges, where each that is barred carries a penalty by the weight of its reason.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from wayfinder.model import Conditions
from wayfinder.route.journey import Refusal
from wayfinder.route.relaxed import Relaxed
from wayfinder.route.schedule import WEEK, Epoch, Schedule
from wayfinder.route.search import Leg, Search

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "walk": ("staff",),
    "easy": ("walk", "staff"),
    "wheelchair": ("walk",),
    "bed": ("wheelchair", "staff"),
    "staff": (),
}
"""Profiles worth proposing where one does not get through; the first that works is."""

_Measure = Callable[[Leg, str, Epoch], float]


@dataclass(frozen=True, slots=True)
class _Question:
    """What could not be answered with a way."""

    starts: Sequence[int]
    ends: Sequence[int]
    profile: str
    departure: datetime
    conditions: Conditions
    epoch: Epoch
    allowed: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Blocker:
    """One thing in the way."""

    reason: str
    feature: str


class Refusals:
    """Explains why there is no way.

    Parameters
    ----------
    search
        The search that found none.
    schedule
        When things open.
    """

    def __init__(self, search: Search, schedule: Schedule) -> None:
        self._search = search
        self._relaxed = Relaxed(search)
        self._schedule = schedule
        self._table = search.table

    def explain(
        self,
        origin: str,
        destination: str,
        question: tuple[Sequence[int], Sequence[int]],
        *,
        profile: str,
        departure: datetime,
        conditions: Conditions,
        epoch: Epoch,
        measure: _Measure,
    ) -> Refusal:
        """Say what bars the way between two sets of nodes, and what would work.

        Parameters
        ----------
        origin, destination
            What was asked for.
        question
            Node indices of the starts and of the ends.
        profile, departure, conditions, epoch
            What it was asked under.
        measure
            Gives the seconds shown for a way, a profile and an epoch.
        """
        starts, ends = question
        asked = _Question(
            starts,
            ends,
            profile,
            departure,
            conditions,
            epoch,
            self._find_allowed(starts, ends, profile),
        )
        values = {"from": origin, "to": destination, "profile": profile}
        path = self._relaxed.find_path(starts, ends, profile, epoch, asked.allowed)
        if path is None:
            return self._explain_gap(asked, values)
        blockers = self._list_blockers(path, asked)
        reasons = tuple(dict.fromkeys(blocker.reason for blocker in blockers))
        return Refusal(
            code=_classify(reasons),
            values={**values, "reasons": reasons, "barred": _first_reasons(blockers)},
            blocked_by=tuple(dict.fromkeys(blocker.feature for blocker in blockers)),
            without=self._find_instead(asked, blockers, measure),
        )

    def _find_allowed(
        self, starts: Sequence[int], ends: Sequence[int], profile: str
    ) -> frozenset[int]:
        enters = self._search.profiles[profile].enters
        found = (self._search.regions.find_allowed(starts[0], end, enters) for end in ends)
        return frozenset(zone for entry in found if entry for zone in entry[1])

    def _list_blockers(self, path: Sequence[int], asked: _Question) -> list[_Blocker]:
        costs, table = self._search.get_costs(asked.profile), self._table
        verdicts = costs.verdicts
        away = self._relaxed.list_away(asked.epoch)
        may_enter = self._search.may_enter(costs.profile.enters, asked.allowed)
        found: list[_Blocker] = []
        for tail, head in pairwise(path):
            group, zone = table.find_group_and_zone(tail, head)
            if group in away:
                found += [_Blocker(*key) for key in away[group]]
            verdict = verdicts[group]
            if verdict.reason:
                found += [_Blocker(verdict.reason, key) for key in verdict.culprits]
            if not may_enter[zone]:
                found.append(_Blocker("zone", self._name_zone(zone, head)))
        return list(dict.fromkeys(found))

    def _name_zone(self, zone: int, node: int) -> str:
        """Return the section that drew a zone, else the unit by which it is entered."""
        drawn = self._search.network.zones[self._table.zones[zone]]
        unit = self._search.network.graph.nodes[self._table.nodes[node]]["unit"]
        return next(iter(drawn.features), unit or min(drawn.units))

    def _explain_gap(self, asked: _Question, values: Mapping[str, str]) -> Refusal:
        """Refuse what is not connected in the drawing, or only the other way round."""
        table, size = self._table, len(self._table.nodes)
        links = csr_array((np.ones(len(table.tail)), (table.tail, table.head)), shape=(size, size))
        _, labels = connected_components(links, directed=False)
        if any(labels[start] == labels[end] for start in asked.starts for end in asked.ends):
            return Refusal("one-way", {**values, "reasons": ()}, (values["to"],), None)
        largest = int(np.argmax(np.bincount(labels)))
        lost = [
            values[key]
            for key, nodes in (("from", asked.starts), ("to", asked.ends))
            if all(labels[node] != largest for node in nodes)
        ]
        return Refusal("cut-off", {**values, "reasons": ()}, tuple(lost), None)

    def _find_instead(
        self, asked: _Question, blockers: Iterable[_Blocker], measure: _Measure
    ) -> Mapping[str, object] | None:
        """Say all that would work: another profile, another time, something reopened."""
        reasons = {blocker.reason for blocker in blockers}
        found: dict[str, object] = {}
        for profile in _OTHERS.get(asked.profile, ()):
            leg = None
            if profile in self._search.profiles:
                leg = self._search.find_leg(asked.starts, asked.ends, profile, asked.epoch)
            if leg is not None:
                found |= {"profile": profile, "duration_s": measure(leg, profile, asked.epoch)}
                break
        if reasons & {"closed", "outside-hours"}:
            at = self._find_opening(asked)
            found |= {"at": at.astimezone(self._schedule.zone).isoformat()} if at else {}
        closed = [blocker.feature for blocker in blockers if blocker.reason == "closed"]
        if closed and self._works_with(asked, frozenset(closed)):
            found["reopen"] = closed
        return found or None

    def _find_opening(self, asked: _Question) -> datetime | None:
        """Return the next instant within a week at which there is a way, or None.

        Only where something opens of what keeps the two apart is it worth looking.
        """
        search, question = self._search, (asked.starts, asked.ends, asked.profile)
        if not search.find_leg(*question, self._schedule.open_all(asked.epoch)):
            return None  # nor at any other hour
        last, cut = asked.departure + WEEK, search.find_cut(*question, asked.epoch)
        instant = self._schedule.find_change(asked.departure, asked.conditions)
        while len(cut) and instant is not None and instant <= last:
            epoch = self._schedule.find_epoch(instant, asked.conditions)
            if not search.shafts.bar_epoch(epoch)[cut].all():
                if search.find_leg(*question, epoch):
                    return instant
                cut = search.find_cut(*question, epoch)
            instant = self._schedule.find_change(instant, asked.conditions)
        return None

    def _works_with(self, asked: _Question, reopened: frozenset[str]) -> bool:
        closures = tuple(c for c in asked.conditions.closures if c.feature not in reopened)
        epoch = self._schedule.find_epoch(
            asked.departure, replace(asked.conditions, closures=closures)
        )
        return self._search.find_leg(asked.starts, asked.ends, asked.profile, epoch) is not None


def _first_reasons(blockers: Iterable[_Blocker]) -> dict[str, str]:
    """Return why each feature is in the way: the first reason met."""
    found: dict[str, str] = {}
    for blocker in blockers:
        found.setdefault(blocker.feature, blocker.reason)
    return found


def _classify(reasons: Sequence[str]) -> str:
    """Name the refusal by its reasons: one by itself, several of today's, or of the building's."""
    kinds = {
        "restricted"
        if reason in {"zone", "restricted"}
        else reason
        if reason in {"closed", "outside-hours"}
        else "no-route"
        for reason in reasons
    }
    if len(kinds) == 1:
        return kinds.pop()
    if kinds == {"closed", "outside-hours"}:
        return "closed"
    return "no-route" if "no-route" in kinds else "restricted"
