"""The five ways of getting about: speeds, burdens, bans and the room that each needs.

Figures are those of the project's table of standards. "Ours" marks our own choice, ‡ a figure that
could not be checked against the official text (GB 55019-2021, GB 50763, ICC A117.1, ISO 21542).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from wayfinder.model import Access
from wayfinder.model.categories import ESCALATOR, STAIRS, STEPS


@dataclass(frozen=True, slots=True)
class Lift:
    """The least lift that takes the traveller; sizes in metres."""

    car_width_m: float
    car_depth_m: float
    door_width_m: float


@dataclass(frozen=True, slots=True)
class Room:
    """The room that a traveller needs. A figure that is None asks for nothing.

    Parameters
    ----------
    corridor_m, door_m, automatic_door_m
        Least clear widths in metres.
    threshold_mm
        Highest sill that is passed, in millimetres.
    incline
        Steepest slope that is passed, as rise over run.
    lift
        Least lift.
    defaults_count
        Whether a width that the venue vouches for by category is good enough; the answer is then
        unverified.
    tag_counts
        Whether ``wheelchair: true`` is good enough where a width is missing.
    """

    corridor_m: float
    door_m: float
    automatic_door_m: float
    lift: Lift
    threshold_mm: float | None = None
    incline: float | None = None
    defaults_count: bool = True
    tag_counts: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody gets about.

    Durations are shown; burdens are added when choosing and never shown.

    Parameters
    ----------
    name
        Stable name.
    speed_mps
        Walking speed in metres a second.
    stairs_s_per_floor
        Seconds a floor on stairs, up or down.
    climb_burden_s
        Seconds of burden a floor climbed on stairs.
    descend_burden_s
        Seconds of burden a floor descended on stairs.
    free_floors
        Floors climbed on a whole journey that carry no burden.
    stairs, escalators
        Whether they are used at all.
    enters
        Zones that do not bar.
    crosses_places
        Whether a way may lead over the very spot of a room or a service on its way elsewhere, or
        into a lift and out at its other side. Such ways hide a turn, or pass a room that bars; only
        graphs without ends of their own need it.
    room
        The room needed, or None where anything that is drawn will do.
    """

    name: str
    speed_mps: float
    stairs_s_per_floor: float = 13.0
    climb_burden_s: float = 30.0
    descend_burden_s: float = 15.0
    free_floors: float = 1.0
    stairs: bool = True
    escalators: bool = True
    enters: frozenset[Access] = field(default_factory=frozenset)
    crosses_places: bool = False
    room: Room | None = None

    @property
    def barred(self) -> tuple[str, ...]:
        """Categories of what it may not use: stairs and steps, escalators."""
        flights = () if self.stairs else (STAIRS, STEPS)
        return flights if self.escalators else (*flights, ESCALATOR)


DOOR_S = 2.0
"""Seconds to open and pass a door (ours)."""
ESCALATOR_S_PER_FLOOR = 20.0
"""Seconds a floor on an escalator (ours)."""
LIFT_WAIT_S = 60.0
"""Seconds one waits for a lift that says nothing else (ours; CMAJ 2011;183:E1353 measured 36-38 s a
floor with it)."""
LIFT_BOARD_S = 5.0
"""Seconds to board a lift, half of the 10 s for boarding and alighting (ours)."""
LIFT_ALIGHT_S = 5.0
"""Seconds to alight, the other half (ours)."""
LIFT_S_PER_FLOOR = 5.0
"""Seconds a floor in a lift (ours)."""
TURN_BURDEN_S = 5.0
"""Seconds of burden a turn (ours)."""
ROOM_BURDEN_S = 30.0
"""Seconds of burden for passing through a room that is not tagged (ours)."""
RESTRICTED_BURDEN_S = 300.0
"""Seconds of burden for a door or way, into or out of a zone, that is itself for others (ours): the
main door of a ward before the badge reader at its back."""

WALK_RANGE = (0.85, 1.15)
"""What walking may take, as shares of the time shown (ours)."""
WAIT_RANGE = (0.25, 2.0)
"""What waiting for a lift may take, as shares of the wait assumed (ours)."""

_STAFF_ZONES = frozenset({Access.STAFF})

WALK = Profile("walk", speed_mps=1.1)
"""Visitors in a strange building: slower than the 1.27-1.46 m/s of healthy adults (Age and Ageing
26:15); stairs 13 s a floor (CMAJ 2011;183:E1353). Burdens are ours: 30 s a floor climbed beyond the
first, 15 s a floor down."""

EASY = Profile(
    "easy",
    speed_mps=0.8,
    stairs_s_per_floor=20.0,
    climb_burden_s=120.0,
    descend_burden_s=120.0,
    free_floors=0.0,
)
"""Older, slow, with a child: women over 65 walk 0.8 m/s, men 0.9 (Asher 2012, n = 3,145); stairs 20
s a floor or more and 120 s of burden (ours), so that a lift is worth waiting for even for one
floor. Escalators are used."""

WHEELCHAIR = Profile(
    "wheelchair",
    speed_mps=0.7,
    free_floors=0.0,
    stairs=False,
    escalators=False,
    room=Room(
        corridor_m=1.20,
        door_m=0.90,
        automatic_door_m=1.00,
        lift=Lift(car_width_m=1.10, car_depth_m=1.40, door_width_m=0.80),
        threshold_mm=15.0,
        incline=1 / 12,
    ),
)
"""0.7 m/s: between 0.43 (median of everyday bouts) and 0.79 (self-propelled average). Corridor 1.20
m, door 0.90 m, automatic door 1.00 m ‡, threshold 15 mm ‡, ramp 1:12, lift car 1.40 m deep by 1.10
m wide with a door of 0.80 m ‡. The 1.80 m ‡ of crowded public corridors is not asked for: no plan
says which corridors are crowded."""

BED = Profile(
    "bed",
    speed_mps=0.7,
    free_floors=0.0,
    stairs=False,
    escalators=False,
    enters=_STAFF_ZONES,
    room=Room(
        corridor_m=2.45,
        door_m=1.20,
        automatic_door_m=1.20,
        lift=Lift(car_width_m=1.73, car_depth_m=2.57, door_width_m=1.12),
        incline=1 / 12,
        defaults_count=False,
        tag_counts=False,
    ),
)
"""A bed with its porters, 0.7 m/s (ours): corridor 2.45 m (iHFG), door 1.20 m (ours), lift car 1.73
by 2.57 m with a door of 1.12 m (US nursing rule), ramp 1:12 (ours, as for wheelchairs). Only what
is known counts."""

STAFF = Profile("staff", speed_mps=1.3, enters=_STAFF_ZONES)
"""Staff who know the house: 1.3 m/s (ours); burdens as for `WALK`; staff zones do not bar them."""

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {profile.name: profile for profile in (WALK, EASY, WHEELCHAIR, BED, STAFF)}
)
"""Profiles by name."""

STRETCHER_LIFT = Lift(car_width_m=1.10, car_depth_m=2.10, door_width_m=0.90)
"""A lift for a stretcher ‡, for hospitals whose beds are narrower than the nursing rule has them:
pass ``dataclasses.replace(BED, room=replace(BED.room, lift=STRETCHER_LIFT))`` to a router."""
