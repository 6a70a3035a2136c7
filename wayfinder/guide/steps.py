"""A journey becomes typed steps: walk some way, then do one thing.

Steps are made run by run, and those of a run that was taken before are remembered: what is said on
it depends on the door through which one came and on nothing before.
"""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from wayfinder.graph.network import Network
from wayfinder.guide.ends import KIND_OF
from wayfinder.guide.memory import Memory, recall
from wayfinder.guide.moves import Arrival, trace
from wayfinder.guide.step import Direction, Step, StepKind, Summary
from wayfinder.guide.walks import Opening, State
from wayfinder.model import Plan, find_display, find_sign
from wayfinder.route.journey import Journey, Run, Segment, SegmentKind


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """The steps of one run of a journey, the same object wherever they are the same.

    Parameters
    ----------
    steps
        May be none.
    run
        The run, or None where one is there already.
    made
        What was made of them, by whatever names it: their words in a language, say.
    """

    steps: tuple[Step, ...]
    run: Run | None
    made: dict[Hashable, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False, slots=True)
class _Told:
    """What is said of a run before it is known how one goes on.

    Parameters
    ----------
    opening
        What is added to the last step of the run before.
    steps
        Its own steps.
    after, after_key
        What they leave behind, and what stands for it.
    parts
        The steps as part of a journey, by the opening that follows.
    """

    opening: Opening
    steps: tuple[Step, ...]
    after: State
    after_key: Hashable
    run: Run | None
    parts: dict[Hashable, Part] = field(default_factory=dict)

    def followed_by(self, opening: Opening) -> Part:
        """Return the steps with what the next run adds to the last of them."""
        part = self.parts.get(opening.key)
        if part is None:
            last = replace(self.steps[-1], then=opening.then, towards=opening.towards)
            made = Part((*self.steps[:-1], last), self.run)
            part = self.parts.setdefault(opening.key, made)
        return part


def make_steps(
    network: Network, journey: Journey, *, facing_deg: float | None = None
) -> tuple[Step, ...]:
    """Make the steps of a journey.

    Parameters
    ----------
    network
        The network that it was found in.
    journey
        The way found.
    facing_deg
        Where the reader looks at the start, in degrees clockwise from north; None if unknown: then
        the first step names what to walk towards.

    Returns
    -------
    tuple of Step
        From the start to the last stop; each stop's last step is an arrival.
    """
    parts = make_parts(network, journey, facing_deg=facing_deg)
    return tuple(step for part in parts for step in part.steps)


def make_parts(
    network: Network, journey: Journey, *, facing_deg: float | None = None
) -> tuple[Part, ...]:
    """Make the steps of a journey by run; parameters as for `make_steps`."""
    told = list(_tell(network, journey, facing_deg))
    parts = [one.followed_by(other.opening) for one, other in pairwise(told)]
    return (*parts, told[-1].followed_by(Opening()))


def summarise(journey: Journey) -> Summary:
    """Count what a journey asks of whoever walks it."""
    counts: Counter[str] = Counter()
    for segment in journey.segments:
        if segment.kind in KIND_OF and segment.floors:
            way = Direction.UP if segment.floors > 0 else Direction.DOWN
            flights = segment.kind is SegmentKind.STAIRS
            counts[f"{segment.kind}.{way}"] += max(1, round(abs(segment.floors))) if flights else 1
    return Summary(journey.distance_m, journey.duration_range_s, dict(counts))


def _tell(network: Network, journey: Journey, facing_deg: float | None) -> Iterator[_Told]:
    """Yield what is said of each run, remembered by run and by what came before."""
    memory = recall(network)
    state = _face_start(network.plan, journey.origin, facing_deg)
    state_key: Hashable = state
    firsts = [*(stop.first_run for stop in journey.stops), len(journey.runs)]
    for number, stop in enumerate(journey.stops):
        before: Segment | None = None
        runs: list[Run | None] = [*journey.runs[firsts[number] : firsts[number + 1]]] or [None]
        for place, run in enumerate(runs, start=1):
            arrival = Arrival(number, stop.feature) if place == len(runs) else None
            asked = _Asked(memory, network, run, before, arrival, stop.node, state, state_key)
            told: _Told = memory.runs.get(asked.key, asked.tell)
            yield told
            state, state_key = told.after, told.after_key
            before = None if run is None else run.segments[-1]


def _face_start(plan: Plan, origin: str, facing_deg: float | None) -> State:
    """Return the state of whoever sets out: where one looks, and whether at a sign or a screen."""
    if facing_deg is None:
        return State()
    sign, display = find_sign(plan, origin), find_display(plan, origin)
    return State(
        facing_deg=facing_deg,
        at_sign=sign is not None and sign.facing_deg == facing_deg,
        at_display=display is not None and display.facing_deg == facing_deg,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A run to be told, and what came before."""

    memory: Memory
    network: Network
    run: Run | None
    before: Segment | None
    arrival: Arrival | None
    node: str
    state: State
    state_key: Hashable

    @property
    def key(self) -> Hashable:
        """Equal where the same is said."""
        came = None if self.before is None else (self.before.from_node, self.before.to_node)
        nodes = self.node if self.run is None else self.run.nodes
        return nodes, came, self.arrival, self.state_key

    def tell(self) -> _Told:
        """Make the steps."""
        segments = () if self.run is None else self.run.segments
        moves = trace(
            self.network,
            self.memory.sights,
            segments,
            before=self.before,
            arrival=self.arrival,
            goal_node=self.node,
        )
        state, opening, steps = self.state, Opening(), list[Step]()
        for move in moves:
            walk = self.memory.recall_walk(move, state)
            if steps:
                added = walk.opening
                steps[-1] = replace(steps[-1], then=added.then, towards=added.towards)
            else:
                opening = walk.opening
            last, arriving = self.memory.ends.make(move, walk.ending, walk.at)
            steps += [*walk.steps, last]
            begins = last.kind is StepKind.ARRIVE
            state = State(last.end, arriving, begins, bool(last.floors))
        if steps[0].direction is not None and steps[0].kind is StepKind.DEPART:
            first = self.state
            steps[0] = replace(steps[0], at_sign=first.at_sign, at_display=first.at_display)
        return _Told(opening, tuple(steps), state, self.memory.number_state(state), self.run)
