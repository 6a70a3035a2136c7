"""Two states of a plan beside each other: what differs, and each floor that does as two pictures.

A state is a release, or a draft after one of its entries. What was compared and drawn is kept in
the process: pages about the same two states ask for it many times.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from wayfinder.draw.difference import Marked, Marking, draw_marked_level
from wayfinder.draw.scene import Scene, make_scene
from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import say_floor
from wayfinder.kept import Kept
from wayfinder.model import Feature, Level, Occupant, Plan
from wayfinder.services.directory.entries import find_level
from wayfinder.services.drafts.desk import Desk
from wayfinder.services.drafts.read import read_plan
from wayfinder.services.plan_changes import Change, How, PlanChanges, compare_plans
from wayfinder.store import Store, UnknownError
from wayfinder.store.drafts import find_key, get_draft
from wayfinder.store.releases import get_release, read_release
from wayfinder.store.venues import get_venue

_V = TypeVar("_V")

WIDTH_PX = 560.0
_KEPT_PLANS, _KEPT_COMPARED, _KEPT_PICTURES = 4, 4, 96
"""A plan of a large hospital is 40 MB, a picture 25 KB (ours)."""
_LEAST_M, _AROUND_M = 50.0, 10.0
_WHOLE_FROM = 0.5
"""A picture shows the whole floor where what differs is spread over so much of its extent (ours).
"""
_UNMARKED = frozenset({"venue", "address", "building", "level", "footprint", "relationship"})
_ZONES = frozenset({"geofence", "section"})
_NAME = re.compile(r"r([1-9]\d{0,8})|d([1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class State:
    """A release, or a draft after an entry.

    Parameters
    ----------
    release
        Number of the release; None: it is a draft.
    draft, entry
        Id of the draft, and the number of the entry; 0 is what it began with.
    """

    release: int | None = None
    draft: int = 0
    entry: int = 0

    @property
    def name(self) -> str:
        """Its name in addresses: ``r3``, ``d5.12``."""
        return f"r{self.release}" if self.release is not None else f"d{self.draft}.{self.entry}"


def parse_state(name: str) -> State | None:
    """Return the state of a name in addresses; None where it is none."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    release, draft, entry = found.groups()
    return State(int(release)) if release else State(None, int(draft), int(entry))


@dataclass(frozen=True)
class Compared:
    """Two states of a plan.

    Parameters
    ----------
    before, after
        Their plans.
    changes
        What differs.
    """

    before: Plan
    after: Plan
    changes: PlanChanges

    def list_levels(self) -> list[Level]:
        """List the floors that can be drawn on which something differs that can be seen."""
        seen = {one.level for one in self.changes.changes if one.kind not in _UNMARKED}
        seen |= {one.id for one in self.changes.changes if one.kind == "level"}
        found = (self.after.find(key, Level) or self.before.find(key, Level) for key in seen)
        return sorted((one for one in found if one), key=lambda one: (one.ordinal, one.id))


class Comparisons:
    """Compares and draws states of plans. Safe to share between threads.

    Parameters
    ----------
    store
        Where they are.
    drafts
        What the process works on drafts with.
    """

    def __init__(self, store: Store, drafts: Desk) -> None:
        self._store = store
        self._drafts = drafts
        self._plans: Kept[tuple[str, ...], Plan] = Kept(_KEPT_PLANS)
        self._compared: Kept[tuple[str, ...], Compared] = Kept(_KEPT_COMPARED)
        self._pictures: Kept[tuple[str, ...], str] = Kept(_KEPT_PICTURES)
        # who draws for a page of staff keeps one core busy at most
        self._lock = Lock()

    def read(self, slug: str, state: State) -> Plan:
        """Return the plan of a state.

        Raises
        ------
        UnknownError
            There is no such venue, release, draft or entry.
        """
        key = self._identify(slug, state)
        return self._plans.get(key, lambda: self._read(slug, state))

    def compare(self, slug: str, before: State, after: State) -> Compared:
        """Compare two states; raises UnknownError where there is no such venue or state."""
        key = (*self._identify(slug, before), *self._identify(slug, after))
        known = _find(self._compared, key)
        if known is not None:
            return known
        with self._lock:
            return self._compared.get(key, lambda: self._compare(slug, before, after))

    def draw(
        self,
        slug: str,
        state: State,
        other: State | None,
        level_id: str,
        *,
        language: str,
        is_after: bool,
        whole: bool = False,
    ) -> str:
        """Draw a floor of a state, what differs from another one marked.

        Parameters
        ----------
        slug
            The venue.
        state
            What is drawn.
        other
            What it is held against; None: nothing, and nothing is marked.
        level_id
            Id of the level.
        language
            BCP 47 tag of the names.
        is_after
            Whether the state is the later one.
        whole
            Whether all of the floor is shown, not only what lies around the differences.

        Raises
        ------
        UnknownError
            There is no such venue or state.
        KeyError
            It has no level of that id.
        """
        parts = (level_id, language, f"{is_after}", f"{whole}")
        others = () if other is None else self._identify(slug, other)
        key = (*self._identify(slug, state), "|", *others, *parts)
        known = _find(self._pictures, key)
        if known is not None:
            return known
        pair = (other or state, state) if is_after else (state, other or state)
        compared = self.compare(slug, *pair)
        with self._lock:
            picture = _Picture(compared, level_id, language, is_after=is_after, whole=whole)
            return self._pictures.get(key, picture.draw)

    def _compare(self, slug: str, before: State, after: State) -> Compared:
        plans = self.read(slug, before), self.read(slug, after)
        return Compared(*plans, compare_plans(*plans))

    def _identify(self, slug: str, state: State) -> tuple[str, ...]:
        """Return what tells a state from all others: a restore may give a number to another one."""
        with self._store.read() as connection:
            venue = get_venue(connection, slug)
            if state.release is not None:
                return slug, state.name, get_release(connection, venue, state.release).hash
            draft = get_draft(connection, venue, state.draft)
            if state.entry > draft.head:
                raise UnknownError(
                    "draft-ahead", name=draft.name, head=draft.head, number=state.entry
                )
            log_key = find_key(connection, draft, state.entry) if state.entry else ""
            return slug, state.name, draft.base_hash, log_key or ""

    def _read(self, slug: str, state: State) -> Plan:
        if state.release is None:
            return read_plan(self._drafts, slug, state.draft, state.entry).plan
        with self._store.read() as connection:
            return read_release(connection, get_venue(connection, slug), state.release).plan


def _find(kept: Kept[tuple[str, ...], _V], key: tuple[str, ...]) -> _V | None:
    """Return what is kept under a key, or None."""

    def refuse() -> _V:
        raise KeyError(key)

    try:
        return kept.get(key, refuse)
    except KeyError:
        return None


class _Picture:
    """One floor of one of two plans."""

    def __init__(
        self, compared: Compared, level_id: str, language: str, *, is_after: bool, whole: bool
    ) -> None:
        self._compared, self._level_id = compared, level_id
        self._plans = (compared.before, compared.after)
        self._own = self._plans[is_after]
        self._language, self._is_after, self._whole = language, is_after, whole

    def draw(self) -> str:
        """Draw it."""
        scenes = [self._make_scene(plan) for plan in self._plans]
        own = scenes[self._is_after]
        if own is None:
            raise KeyError(self._level_id)
        marked = list(self._list_marked())
        return draw_marked_level(
            own,
            [one for one, is_own in marked if is_own],
            extent=self._choose_extent(scenes, [one.shape for one, _ in marked]),
            up_deg=(scenes[1] or own).axis_deg,
            width_px=WIDTH_PX,
            title=self._say(),
        )

    def _make_scene(self, plan: Plan) -> Scene | None:
        if plan.find(self._level_id, Level) is None:
            return None
        return make_scene(plan, self._level_id, language=self._language)

    def _list_marked(self) -> Iterator[tuple[Marked, bool]]:
        """Yield what differs on the floor, in metres of the own plan, and whether that has it."""
        for change in self._compared.changes.changes:
            if change.kind in _UNMARKED:
                continue
            for plan, is_after in zip(self._plans, (False, True), strict=True):
                if (change.how is How.ADDED and not is_after) or (
                    change.how is How.REMOVED and is_after
                ):
                    continue
                if self._is_here(plan, change) and (shape := self._locate(plan, change.id)):
                    marking = Marking(str(change.how))
                    yield (
                        Marked(shape, marking, change.kind in _ZONES),
                        is_after == self._is_after,
                    )

    def _is_here(self, plan: Plan, change: Change) -> bool:
        level = find_level(plan, plan[change.id])
        return level is not None and level.id == self._level_id

    def _locate(self, plan: Plan, feature_id: str) -> BaseGeometry | None:
        """Return where a feature of either plan is, in metres of the own one."""
        feature: Feature | None = plan[feature_id]
        if isinstance(feature, Occupant):
            feature = plan.features.get(feature.anchor_id or "")
        if feature is None or feature.shape is None or feature.shape.is_empty:
            return None
        return self._own.frame.geometry_m(shapely.force_2d(feature.shape))

    def _choose_extent(
        self, scenes: Sequence[Scene | None], shapes: Sequence[BaseGeometry]
    ) -> list[BaseGeometry]:
        """Choose what the picture shows: what differs and what lies around it, or the floor."""
        frames = {repr(plan.frame) for plan in self._plans}
        own = scenes[self._is_after]
        wanted = scenes if len(frames) == 1 else [own]
        drawn = [shape for scene in wanted if scene is not None for shape in scene.drawn]
        floor = _box(drawn) if drawn else shapely.box(-5, -5, 5, 5)
        if self._whole or not shapes:
            return [floor]
        found = _box(shapes)
        near = _box([found.buffer(_AROUND_M), _around(found)])
        spread = max(
            (near.bounds[2] - near.bounds[0]) / max(floor.bounds[2] - floor.bounds[0], 1e-6),
            (near.bounds[3] - near.bounds[1]) / max(floor.bounds[3] - floor.bounds[1], 1e-6),
        )
        return [floor] if spread > _WHOLE_FROM else [near]

    def _say(self) -> str:
        level = self._own.find(self._level_id, Level)
        assert level is not None  # noqa: S101 - it has a scene
        floor = say_floor(level.short_name or level.name, self._language)
        when = "after" if self._is_after else "before"
        return translate(self._language, f"studio.difference.{when}", floor=floor)


def _box(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the box around shapes: lines that lie along an axis have one without an area."""
    return shapely.box(*shapely.total_bounds(shapes))


def _around(shape: BaseGeometry) -> BaseGeometry:
    return shape.centroid.buffer(_LEAST_M / 2)
