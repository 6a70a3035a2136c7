"""One of the two things that are compared: a plan, or what holds in it, before or after."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wayfinder.checks.public_places import (
    is_mere_room,
    is_public_room,
    list_entrances,
    list_public_doors,
    list_public_places,
)
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.graph import Network
from wayfinder.guide.names import sort_levels
from wayfinder.kept import keep_with
from wayfinder.model import Display, Sign, Unit, list_displays, list_signs
from wayfinder.model.display import DisplayKind
from wayfinder.route import Router
from wayfinder.route.schedule import CALM, Epoch
from wayfinder.services.boards import as_sign
from wayfinder.services.directory.entries import find_unit_id, is_searched
from wayfinder.services.printed_signs import write_out

TREE_BYTES = 64 * 2**20
"""Memory for the trees of one side: nobody's trees that people ask for give way to them (ours)."""


@dataclass(frozen=True)
class Side:
    """A network at a time.

    Parameters
    ----------
    router
        Finds ways on it; `set_aside` makes one whose trees are nobody else's.
    epoch
        What is open and closed.
    """

    router: Router
    epoch: Epoch = CALM

    @property
    def network(self) -> Network:
        """The network."""
        return self.router.network

    @cached_property
    def closed(self) -> frozenset[str]:
        """Ids of all that is closed, by whatever."""
        return self.epoch.closed | self.epoch.shut

    @cached_property
    def displays(self) -> Mapping[str, Display]:
        """The displays by id."""
        return {one.id: one for one in list_displays(self.network.plan)}

    @cached_property
    def faces(self) -> tuple[Sign, ...]:
        """Signs and displays, with what they say on a calm day; a kiosk says nothing by itself."""
        return keep_with(self.network, "impact_faces", self._write_out)

    def _write_out(self) -> tuple[Sign, ...]:
        boards = [as_sign(one) for one in self.displays.values() if one.kind is DisplayKind.BOARD]
        kiosks = [as_sign(one) for one in self.displays.values() if one.kind is DisplayKind.KIOSK]
        signs = list_signs(self.network.plan)
        return (*write_out(self.router, [*signs, *boards]), *kiosks)

    @cached_property
    def walker(self) -> SignWalker:
        """Somebody who walks by what signs and displays say."""
        return SignWalker(self.router, self.faces, epoch=self.epoch)

    @cached_property
    def doors(self) -> Mapping[str, str]:
        """Id of each door by which anybody may come in from outside to the node before it."""
        return {one.id: one.outer for one in list_public_doors(self.network)}

    @property
    def entrances(self) -> tuple[str, ...]:
        """Ids of those of the doors where visitors are expected, and signs begin."""
        return tuple(one.id for one in list_entrances(self.network))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Ids of what signs lead to: departments, services, rooms with a use of their own."""
        return tuple(one.id for one in list_public_places(self.network))

    @cached_property
    def rooms(self) -> tuple[str, ...]:
        """Ids of the rooms that anybody may be sent to, building by building from below.

        Those with a use of their own are among `places` too; what is a department is not here.
        """
        return keep_with(self.network, "impact_rooms", self._list_rooms)

    def _list_rooms(self) -> tuple[str, ...]:
        plan = self.network.plan
        places = [plan[place] for place in self.places]
        taken = {
            find_unit_id(plan, place)
            for place in places
            if not (isinstance(place, Unit) and is_mere_room(place))
        }
        return tuple(
            unit.id
            for level in sort_levels(plan)
            for unit in plan.list_on(level.id, Unit)
            if unit.id not in taken and self.network.places.get(unit.id)
            if is_public_room(self.network, unit) and is_searched(unit)
        )

    def is_closed(self, place: str) -> bool:
        """Tell whether a place is closed itself, wherever one comes from."""
        nodes = self.network.graph.nodes
        ends = self.network.places.get(place, ())
        return bool(ends) and all(
            self.closed.intersection((nodes[node]["unit"], nodes[node]["feature"], place))
            for node in ends
        )

    def find_node(self, feature: str) -> str | None:
        """Return the node where one stands before a sign or display, or in a lift.

        None where it has none, or where it is in a part of the house that is not for everybody.
        """
        nodes = self.network.places.get(feature, ())
        unit = self.network.graph.nodes[nodes[0]]["unit"] if nodes else None
        return None if not nodes or unit in self.network.zone_of_unit else nodes[0]

    def at_epoch(self, epoch: Epoch) -> "Side":
        """Return the same at another time."""
        other = replace(self, epoch=epoch)
        vars(other).update(places=self.places, doors=self.doors)
        return other

    def with_epoch(self, epoch: Epoch) -> "Side":
        """Return the same at another time; who walks sees as far as before."""
        other = self.at_epoch(epoch)
        walker = SignWalker(self.router, self.faces, epoch=epoch)
        walker.outlooks = self.walker.outlooks  # who closes a door hides no sign
        vars(other).update(walker=walker, displays=self.displays)
        return other


def set_aside(router: Router) -> Router:
    """Return a router with trees of its own."""
    return router.step_aside(tree_bytes=TREE_BYTES)


def make_epoch(router: Router, closed: Collection[str]) -> Epoch:
    """Return a time at which something is closed, and all else open."""
    # a lift that is closed on one floor is closed on all
    shut = router.search.shafts.expand(closed)
    return Epoch(f"closed:{sorted(closed)}", frozenset(), shut, ())


def list_starts(side: Side) -> Sequence[str]:
    """List where people look for their way: signs and displays, else the lifts."""
    plan = side.network.plan
    faces = [*(sign.id for sign in list_signs(plan)), *side.displays]
    levels = {one.level_id for one in list_signs(plan)}
    levels |= {one.level_id for one in side.displays.values()}
    lifts = [unit.id for unit in plan.units if unit.lift and unit.level_id not in levels]
    return [*faces, *lifts]
