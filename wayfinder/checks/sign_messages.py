"""What each face is to tell, and the lines by which it does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from wayfinder.checks.sign_lines import Wish, choose_lines, find_told
from wayfinder.checks.sign_walk import Goal
from wayfinder.checks.sign_walker import SignWalker
from wayfinder.model import Arrow, Message
from wayfinder.model.sign import MOST_LINES
from wayfinder.presets import list_kinds

_EMERGENCY = "emergency"
_URGENT = 50.0
"""The emergency department counts for so many places (ours)."""


class Boards:
    """The lines of all faces of a sign plan in the making.

    Parameters
    ----------
    walkers
        Who walks by them.
    """

    def __init__(self, walkers: Sequence[SignWalker]) -> None:
        self._walkers = tuple(walkers)
        self._walker = walker = walkers[0]
        self._arrows: dict[tuple[int, str], Arrow] = {}
        plan = walker.network.plan
        self._urgent = {key for key in walker.goals if plan[key].category == _EMERGENCY}
        self._reserves = any(_EMERGENCY in list_kinds(plan[key].category) for key in walker.goals)
        self._told: defaultdict[int, set[str]] = defaultdict(set)
        self._named: defaultdict[int, set[str]] = defaultdict(set)
        self._astray: defaultdict[int, set[str]] = defaultdict(set)
        self._lines: dict[int, tuple[Message, ...]] = {}

    def get_lines(self, face: int) -> tuple[Message, ...]:
        """Return the lines of a face."""
        return self._lines.get(face, ())

    def tells(self, face: int, goal_id: str) -> bool:
        """Tell whether a face is meant to tell the way to a place."""
        return goal_id in self._told[face]

    def may_tell(self, face: int, goal_id: str) -> bool:
        """Tell whether nobody has gone astray by what a face says of a place."""
        return goal_id not in self._astray[face]

    def offer(
        self, face: int, arrows: Mapping[str, Arrow | None], *, named: bool = False
    ) -> set[str]:
        """Let a face tell the way to more places, as far as there is room.

        Parameters
        ----------
        face
            Index of the face.
        arrows
            Ids of the places, each with where it lies; None for those that no way leads to.
        named
            Whether they may have lines of their own though they are on other floors.

        Returns
        -------
        set of str
            Those that it tells now; whatever it told before it tells still.
        """
        wanted = set()
        for goal, arrow in arrows.items():
            if arrow is not None and self.may_tell(face, goal) and not self.tells(face, goal):
                wanted.add(goal)
                self._arrows[face, goal] = arrow
        if named:
            self._named[face] |= wanted
        taken = self._add(face, wanted)
        left = wanted - taken
        if left and not taken:
            for part in self._divide(face, left):
                taken |= self._add(face, part)
        return taken

    def forbid(self, face: int, goal_id: str) -> None:
        """Let a face say nothing of a place: whoever went as it says was lost."""
        self._told[face].discard(goal_id)
        self._astray[face].add(goal_id)
        self._set(face, self._choose(face, self._told[face]))

    def _add(self, face: int, wanted: set[str]) -> set[str]:
        known = self._told[face]
        lines = self._choose(face, known | wanted)
        met = self._list_met(face, lines, known | wanted)
        if not known <= met or not met & wanted:
            return set()
        known |= met & wanted
        self._set(face, self._choose(face, known))
        return met & wanted

    def _divide(self, face: int, goals: Iterable[str]) -> Sequence[set[str]]:
        """Divide places by the group that would stand for them, the most first."""
        parts: defaultdict[str, set[str]] = defaultdict(set)
        for goal in sorted(goals):
            names = self._walker.list_names(face, self._walker.goals[goal])
            parts[names[1] if len(names) > 1 else goal].add(goal)
        return sorted(parts.values(), key=lambda part: (-len(part), min(part)))

    def _set(self, face: int, lines: tuple[Message, ...]) -> None:
        self._lines[face] = lines
        for walker in self._walkers:
            walker.say(face, lines)

    def _choose(self, face: int, goals: set[str]) -> tuple[Message, ...]:
        wishes = [self._wish(face, goal) for goal in sorted(goals)]
        if not wishes:
            return ()
        wishes += [self._warn(face, goal) for goal in sorted(self._astray[face] - goals)]
        lines = choose_lines(wishes, MOST_LINES)
        if self._reserves and not any(line.to in self._urgent for line in lines):
            # no face is printed without the emergency department: its line is left free
            lines = choose_lines(wishes, MOST_LINES - 1)
        return lines

    def _list_met(self, face: int, lines: Sequence[Message], goals: Iterable[str]) -> set[str]:
        wishes = (self._wish(face, goal) for goal in goals)
        return {wish.to for wish in wishes if wish.is_met(find_told(lines, wish))}

    def _wish(self, face: int, goal_id: str) -> Wish:
        goal = self._walker.goals[goal_id]
        arrow = self._arrows[face, goal_id]
        worth = _URGENT if goal_id in self._urgent else 1.0
        groups = self._walker.list_names(face, goal)[1:]
        return Wish(goal_id, arrow, worth, groups, self._may_name(face, goal, groups))

    def _warn(self, face: int, goal_id: str) -> Wish:
        groups = self._walker.list_names(face, self._walker.goals[goal_id])[1:]
        return Wish(goal_id, None, 1.0, groups, named=False)

    def _may_name(self, face: int, goal: Goal, groups: Sequence[str]) -> bool:
        """Tell whether a place has a line of its own: on another floor one looks for the floor."""
        same = goal.level_id == self._walker.signs[face].level_id
        return same or not groups or goal.id in self._named[face] or goal.id in self._urgent
