"""What differs between two states of a plan, in the words of whoever looks after the house."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wayfinder.edit.doorways import find_sides
from wayfinder.guide.catalogues import has_message, translate, translate_or
from wayfinder.guide.names import find_labels, name_level
from wayfinder.guide.words import say_feature_type
from wayfinder.kept import keep_with
from wayfinder.model import Feature, Level, Opening, Plan, pick_label
from wayfinder.model.display import DISPLAY
from wayfinder.model.sign import SIGNAGE
from wayfinder.services.comparing import Compared
from wayfinder.services.drafts import Conflict
from wayfinder.services.named import say_sort
from wayfinder.services.plan_changes import Change, How, list_members

MOST, MOST_IN_ALL = 60, 1500
"""So many features of one kind on a floor are named, and on a page; others are counted (ours)."""
_MOST_DOORS = 200
_KINDS = (
    *("level", "building", "unit", "occupant", "opening", "relationship", "amenity"),
    *("sign", "display", "section", "geofence", "kiosk", "fixture"),
)
_OURS = "wayfinder."


@dataclass(frozen=True, slots=True)
class Line:
    """A feature that came, went or changed.

    Parameters
    ----------
    id
        Of the feature.
    how
        ``added``, ``removed`` or ``changed``.
    name
        What it is called.
    what
        What of it changed, in words; empty for what came or went.
    """

    id: str
    how: str
    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Features of one kind on one floor.

    Parameters
    ----------
    title
        The kind in words, with how many there are.
    lines
        The first of them.
    more
        How many there are beside these.
    """

    title: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FloorChanges:
    """What differs on one floor.

    Parameters
    ----------
    level
        Id of the floor; None: what is on none.
    name
        What it is called.
    groups
        Its changes by kind.
    count
        How many there are.
    is_new, is_gone
        Whether the floor itself came or went.
    is_drawn
        Whether anything of it can be seen on a map.
    """

    level: str | None
    name: str
    groups: tuple[Group, ...]
    count: int
    is_new: bool = False
    is_gone: bool = False
    is_drawn: bool = False


def list_floors(compared: Compared, language: str) -> tuple[FloorChanges, ...]:
    """Say what differs, by floor from the lowest up, what is on none last."""
    return keep_with(
        compared,
        f"changes in words {language}",
        lambda: tuple(_View(compared, language).list_all()),
    )


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A feature that a draft and the release in force both changed.

    Parameters
    ----------
    id
        Of the feature.
    name
        What it was called before either.
    mine, theirs
        What the draft, and what the release made of it, in words.
    """

    id: str
    name: str
    mine: str
    theirs: str


def say_conflict(compared: Compared, conflict: Conflict, language: str) -> ConflictView:
    """Say what two sides made of a feature.

    Parameters
    ----------
    compared
        The plans of both.
    conflict
        What they made of it.
    language
        BCP 47 tag of the reader's language.
    """
    view = _View(compared, language)
    sides = (conflict.seen, conflict.mine, conflict.theirs)
    known = next(feature for feature in sides if feature is not None)
    mine, theirs = (view.say_side(conflict.seen, now) for now in (conflict.mine, conflict.theirs))
    return ConflictView(conflict.id, view.name_alone(known), mine, theirs)


class _View:
    """Puts the changes between two plans into words."""

    def __init__(self, compared: Compared, language: str) -> None:
        self._compared, self._language = compared, language
        self._doors = 0
        self._left = MOST_IN_ALL

    def list_all(self) -> Iterator[FloorChanges]:
        """Yield what differs, floor by floor."""
        drawn = {level.id for level in self._compared.list_levels()}
        by_level: dict[str | None, list[Change]] = {}
        for change in self._compared.changes.changes:
            by_level.setdefault(change.level, []).append(change)
        for key, changes in by_level.items():
            before, after = (
                key is not None and plan.find(key, Level) is not None
                for plan in (self._compared.before, self._compared.after)
            )
            yield FloorChanges(
                key,
                self._name_level(key),
                tuple(self._group(changes)),
                len(changes),
                is_new=key is not None and not before,
                is_gone=key is not None and not after,
                is_drawn=key in drawn,
            )

    def _name_level(self, key: str | None) -> str:
        for plan in (self._compared.after, self._compared.before):
            level = None if key is None else plan.find(key, Level)
            if level is not None:
                return name_level(plan, level, self._language)
        return self._say("no-floor")

    def _group(self, changes: list[Change]) -> Iterator[Group]:
        kinds: dict[str, list[Change]] = {}
        for change in changes:
            kinds.setdefault(_find_kind(change), []).append(change)
        order = {kind: number for number, kind in enumerate(_KINDS)}
        for kind in sorted(kinds, key=lambda kind: (order.get(kind, len(order)), kind)):
            found = sorted(kinds[kind], key=lambda one: list(How).index(one.how))
            lines = tuple(self._make_line(one) for one in found[: min(MOST, self._left)])
            self._left -= len(lines)
            title = translate_or(
                self._language,
                f"studio.change.kind.{kind}",
                say_feature_type(kind, self._language).capitalize(),
            )
            yield Group(
                self._say("kind", kind=title, count=len(found)), lines, len(found) - len(lines)
            )

    def _make_line(self, change: Change) -> Line:
        is_gone = change.how is How.REMOVED
        plan = self._compared.before if is_gone else self._compared.after
        said = tuple(dict.fromkeys(self._say_member(one) for one in change.members))
        what = self._say("what", members=said) if said else ""
        name = self._name(plan, plan[change.id])
        if "name" in change.members and not is_gone:
            was = self._name(self._compared.before, self._compared.before[change.id])
            if was != name:
                name = self._say("renamed", before=was, after=name)
        return Line(change.id, str(change.how), name, what)

    def _name(self, plan: Plan, feature: Feature) -> str:
        """Name a feature: as its sign does, a door by what it joins, else by what it is."""
        named = pick_label(find_labels(feature), self._language)
        if named:
            return named
        sort = say_sort(feature, self._language)
        if not isinstance(feature, Opening) or self._doors >= _MOST_DOORS:
            return sort
        self._doors += 1
        sides = find_sides(plan, feature.id)
        joined = [self._name(plan, plan[key]) for key in sides.units]
        return self._say("door", door=sort, sides=tuple(joined)) if joined else sort

    def name_alone(self, feature: Feature) -> str:
        """Name a feature that is in neither plan, or in either."""
        named = pick_label(find_labels(feature), self._language)
        return named or say_sort(feature, self._language)

    def say_side(self, was: Feature | None, now: Feature | None) -> str:
        """Say what somebody made of a feature."""
        if now is None:
            return self._say("removed")
        if was is None:
            return self._say("added")
        members = tuple(list_members(was, now))
        said = tuple(dict.fromkeys(self._say_member(one) for one in members))
        if "name" in members:
            return self._say("side-named", name=self.name_alone(now), members=said)
        return self._say("side", members=said)

    def _say_member(self, member: str) -> str:
        """Say what of a feature changed: our word for it, else that of the editor's forms."""
        bare = member.removeprefix(_OURS)
        for msgid in (f"studio.change.member.{bare}", f"studio.forms.field.{bare}"):
            if has_message(self._language, msgid):
                said = translate(self._language, msgid)
                return said if said[1:2].isupper() else said[:1].lower() + said[1:]
        return self._say("member.other")

    def _say(self, code: str, /, **values: object) -> str:
        return translate(self._language, f"studio.change.{code}", **values)


def _find_kind(change: Change) -> str:
    kinds: Mapping[str, str] = {SIGNAGE: "sign", DISPLAY: "display"}
    return kinds.get(change.category, change.kind) if change.kind == "amenity" else change.kind
