"""The plans and networks that are measured, each made when it is first needed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from wayfinder.bench.campus import FULL, Campus, make_campus
from wayfinder.bench.group import make_group
from wayfinder.bench.problem import Problem, make_problem
from wayfinder.formats import read_plan
from wayfinder.graph import Network, build_network
from wayfinder.model import Plan

APB = Path(__file__).resolve().parents[3] / "shared/plans/osm_apb_dresden/APBorig.osm"
"""Where the plan of the Andreas-Pfitzmann-Bau lies: beside a checkout, never in it."""

QUICK = Campus(buildings=3, floors=3)
QUICK_COUNTS, FULL_COUNTS = (20, 50, 200), (50, 500, 2_000)
"""Destinations on the campus and on the group, and questions."""

_GROUP_TREES_BYTES = 4 * 2**30


@dataclass
class Worlds:
    """What is measured.

    Parameters
    ----------
    plan_file
        A real plan, as a rule that of APB.
    quick
        Smaller ones, to see that all works; the claims are then about these.
    say
        Told what is being made.
    """

    plan_file: Path = APB
    quick: bool = False
    say: Callable[[str], None] = field(default=lambda _: None)

    @property
    def label(self) -> str:
        """What the real plan is called in the report."""
        return "APB" if self.plan_file.stem == APB.stem else self.plan_file.stem

    @property
    def has_plan(self) -> bool:
        """Whether the real plan is on this machine."""
        return self.plan_file.exists()

    @cached_property
    def plan(self) -> Plan:
        """The real plan; raises ValueError where it cannot be read."""
        self.say(f"reading {self.plan_file.name}")
        result = read_plan(self.plan_file)
        if result.plan is None:
            raise ValueError(f"{self.plan_file} holds no plan")
        return result.plan

    @cached_property
    def real(self) -> Network:
        """Its network."""
        return build_network(self.plan)

    @property
    def campus_size(self) -> Campus:
        """How large the campus is."""
        return QUICK if self.quick else FULL

    @cached_property
    def campus(self) -> Network:
        """The network of the generated campus."""
        self.say("building the campus")
        return build_network(make_campus(self.campus_size))

    @cached_property
    def group(self) -> Network:
        """The network of the generated group."""
        self.say("copying it to a group")
        return make_group(self.campus, 4 if self.quick else 19)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The same questions to all peers: on the real plan, the campus and the group."""
        self.say("choosing questions")
        some, many, pairs = QUICK_COUNTS if self.quick else FULL_COUNTS
        found = [make_problem("campus", self.campus, destinations=some, pairs=pairs)]
        if self.has_plan:
            found.insert(0, make_problem(self.label, self.real, destinations=some, pairs=pairs))
        self.say(f"growing {many} trees on the group")
        group = make_problem("group", self.group, destinations=many, pairs=pairs,
                             tree_bytes=_GROUP_TREES_BYTES)  # fmt: skip
        return (*found, group)
