"""What is said of one run of a journey: the steps on it, and what they leave to those that follow.

It depends on the run, on the door through which one came, and on nothing before; so it is known by
a key, and who has the key need not say it again.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from wayfinder.graph.network import Network
from wayfinder.guide.memory import Memory
from wayfinder.guide.moves import Arrival, trace
from wayfinder.guide.step import Step, StepKind
from wayfinder.guide.walks import Opening, State
from wayfinder.model import find_display, find_sign
from wayfinder.route.journey import Journey, Run
from wayfinder.route.shelves import NetworkShelf


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """The steps of one run of a journey, the same object wherever they are the same.

    Parameters
    ----------
    steps
        May be none.
    run
        The run, or None where one is there already.
    """

    steps: tuple[Step, ...]
    run: Run | None


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """What is said of a run before it is known how one goes on.

    Parameters
    ----------
    opening
        What is added to the last step of the run before.
    steps
        Its own steps.
    after
        What they leave behind.
    run
        The run, or None.
    parts
        The steps as part of a journey, by the opening that follows.
    """

    opening: Opening
    steps: tuple[Step, ...]
    after: State
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


class Stretch(NamedTuple):
    """A run as part of a journey.

    Parameters
    ----------
    run
        The run, or None where one is there already.
    before
        The run before it, or None at the start of a stop.
    arrival
        The stop that it ends at, or None.
    node
        Node of the stop.
    """

    run: Run | None
    before: Run | None
    arrival: Arrival | None
    node: str

    def make_key(self, shelf: NetworkShelf, state_key: bytes) -> bytes:
        """Make the key of what is said of it, equal where the same is said."""
        came = b"" if self.before is None else b"%d %d" % self.before.path[-2:]
        where = self.node.encode() if self.run is None else self.run.key
        arrival = self.arrival
        goal = "" if arrival is None else f"{arrival.stop} {arrival.feature}"
        return shelf.make_key(b"told", where, came, goal.encode(), state_key)

    def tell(self, network: Network, memory: Memory, state: State) -> Told:
        """Make the steps of a run, after what came before."""
        moves = trace(
            network,
            memory.sights,
            () if self.run is None else self.run.segments,
            before=None if self.before is None else self.before.segments[-1],
            arrival=self.arrival,
            goal_node=self.node,
        )
        first, opening, steps = state, Opening(), list[Step]()
        for move in moves:
            walk = memory.recall_walk(move, state)
            if steps:
                added = walk.opening
                steps[-1] = replace(steps[-1], then=added.then, towards=added.towards)
            else:
                opening = walk.opening
            last, arriving = memory.ends.make(move, walk.ending, walk.at)
            steps += [*walk.steps, last]
            begins = last.kind is StepKind.ARRIVE
            state = State(last.end, arriving, begins, bool(last.floors), barred=first.barred)
        if steps[0].direction is not None and steps[0].kind is StepKind.DEPART:
            steps[0] = replace(steps[0], at_sign=first.at_sign, at_display=first.at_display)
        return Told(opening, tuple(steps), state, self.run)


def list_stretches(journey: Journey) -> Iterator[Stretch]:
    """Yield the runs of a journey with what is around them, at least one for each stop."""
    firsts = [*(stop.first_run for stop in journey.stops), len(journey.runs)]
    for number, stop in enumerate(journey.stops):
        before: Run | None = None
        runs: list[Run | None] = [*journey.runs[firsts[number] : firsts[number + 1]]] or [None]
        for place, run in enumerate(runs, start=1):
            arrival = Arrival(number, stop.feature) if place == len(runs) else None
            yield Stretch(run, before, arrival, stop.node)
            before = run


def begin(network: Network, journey: Journey, facing_deg: float | None) -> State:
    """Return what there is before the first step: where one looks, at what, what one may use."""
    if facing_deg is None:
        return State(barred=journey.barred)
    plan, origin = network.plan, journey.origin
    sign, display = find_sign(plan, origin), find_display(plan, origin)
    return State(
        facing_deg=facing_deg,
        at_sign=sign is not None and sign.facing_deg == facing_deg,
        at_display=display is not None and display.facing_deg == facing_deg,
        barred=journey.barred,
    )


def make_state_key(shelf: NetworkShelf, state: State) -> bytes:
    """Make a key of what the steps so far leave behind."""
    return shelf.make_key(b"state", repr(state).encode())
