"""The floor with which a venue is shown first: the one on which most people come in."""

from wayfinder.model import Level, Opening, Plan, Unit

_MAIN_ENTRANCE = "pedestrian.principal"


def find_main_level(plan: Plan) -> str | None:
    """Return the indoor level nearest to the ground that has the most main entrances.

    Of several the one with the most units; doors that only let people out are no entrances.
    """

    def rank(level: Level) -> tuple[bool, float, int, int]:
        entrances = sum(
            door.category == _MAIN_ENTRANCE and not is_way_out(plan, door)
            for door in plan.list_on(level.id, Opening)
        )
        return (level.outdoor, abs(level.ordinal), -entrances, -len(plan.list_on(level.id, Unit)))

    return min(plan.levels, key=rank).id if plan.levels else None


def is_way_out(plan: Plan, opening: Opening) -> bool:
    """Tell whether a door only lets people out: nobody stands there to come in."""
    into = opening.one_way_to
    unit = plan.find(into, Unit) if into else None
    level = plan.find(unit.level_id, Level) if unit is not None and unit.level_id else None
    return into == "outside" or (level is not None and level.outdoor)
