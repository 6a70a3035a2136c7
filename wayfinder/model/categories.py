"""What IMDF's unit categories mean to somebody on foot (OGC 20-094, Categories)."""

from wayfinder.model.kinds import Unit

SOLID = frozenset(
    {
        "brick",
        "column",
        "concrete",
        "drywall",
        "glass",
        "opentobelow",
        "structure",
        "vegetation",
        "wood",
    }
)
"""Walls, voids, plants: nobody stands there."""

OPEN = frozenset(
    {
        *(
            "walkway",
            "walkway.island",
            "lobby",
            "waitingroom",
            "foodservice",
            "unenclosedarea",
            "lounge",
            "platform",
        ),
        *(
            "footbridge",
            "ramp",
            "movingwalkway",
            "terrace",
            "parking",
            "road",
            "steps",
            "recreation",
            "smokingarea",
        ),
    }
)
"""Spaces that have no wall of their own: where two touch without a door, one walks across."""

THROUGH = frozenset(
    {
        *(
            "walkway",
            "walkway.island",
            "lobby",
            "footbridge",
            "ramp",
            "movingwalkway",
            "unenclosedarea",
            "platform",
        ),
        *("waitingroom", "steps", "stairs", "escalator", "elevator", "terrace"),
    }
)
"""Spaces meant to be walked through; any other is passed through only at a price."""

LIFT = "elevator"
STAIRS = "stairs"
ESCALATOR = "escalator"
RAMP = "ramp"
STEPS = "steps"
ALIKE = frozenset({LIFT, "restroom"})
"""Kinds of which the nearest will do: signs announce them by what they are, men's toilets beside
women's, one car beside the next."""

VERTICAL = frozenset({LIFT, STAIRS, ESCALATOR})
"""Units that exist to change floors; one without a door is entered over its edge."""

STEPPED = frozenset({STAIRS, STEPS, ESCALATOR})
"""Units that nobody rolls through."""


def is_walkable(unit: Unit) -> bool:
    """Tell whether a person could stand in a unit."""
    return unit.category not in SOLID


def is_open(unit: Unit) -> bool:
    """Tell whether a unit has no walls of its own: ``wayfinder.open``, else by its category."""
    tagged = unit.wayfinder.get("open")
    return tagged if isinstance(tagged, bool) else unit.category in OPEN


def is_through(unit: Unit) -> bool:
    """Tell whether a unit is meant to be walked through."""
    return is_open(unit) or unit.category in THROUGH
