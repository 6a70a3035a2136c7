"""What is printed on the face of a sign: from the messages that the plan gives it, or chosen here.

A face announces at most `MOST_LINES` things, arrow by arrow and in each the nearest first. The
emergency department is never missing where a way leads there. Beside it nothing is added to what
the plan says: a line too many sends people where nothing tells them how to go on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import inf

from wayfinder.checks.sight import find_letter_height_mm
from wayfinder.guide.bends import Point, split_line
from wayfinder.guide.face import Face, FaceLine, ListedBuilding
from wayfinder.guide.groups import find_unit
from wayfinder.guide.pointing import list_arrows
from wayfinder.model import Feature, Message, Sign
from wayfinder.model.categories import VERTICAL
from wayfinder.model.sign import MOST_LINES
from wayfinder.presets import find_preset
from wayfinder.services.face_lines import LineMaker, is_for_all
from wayfinder.services.served import Served
from wayfinder.services.sign_directions import choose_lines
from wayfinder.services.sign_directory import list_buildings
from wayfinder.services.sign_labels import tell_apart
from wayfinder.services.sign_ways import SignWay, SignWays

_SPOT_M, _SPOTS_APART_M = 40.0, 3.0
"""How far on a turn still counts as next, and how near two are one (ours)."""

_Found = tuple[FaceLine, SignWay | None]
_ORDER = {arrow: number for number, arrow in enumerate(list_arrows())}


def make_face(
    served: Served,
    sign_id: str,
    *,
    profile: str = "walk",
    at: datetime | None = None,
    temporary: bool = False,
) -> Face:
    """Make what is printed on a face.

    Parameters
    ----------
    served
        The venue.
    sign_id
        Id of a sign of its plan.
    profile
        Name of the profile by whose ways distances are measured, and arrows chosen where the plan
        gives no messages.
    at
        Aware instant at which a place that is closed until further notice is not announced; None
        is now.
    temporary
        Whether it hangs only as long as what the venue's conditions close: ways lead round that.

    Raises
    ------
    KeyError
        The plan has no such sign.
    ValueError
        For an unknown profile.
    """
    sign = served.signs[sign_id]
    return _make_maker(served, sign, profile, at, temporary=temporary).make()


def list_printed(
    served: Served, sign: Sign, *, at: datetime | None = None, temporary: bool = False
) -> tuple[Message, ...]:
    """List what a face announces as it is printed: the lines of `make_face`, in any order.

    Parameters
    ----------
    served
        The venue.
    sign
        A sign that its network has, whatever it is to announce.
    at, temporary
        As for `make_face`.
    """
    maker = _make_maker(served, sign, "walk", at, temporary=temporary)
    return tuple(Message(line.to, line.arrow) for line, _ in maker.list_found(measured=False))


def _make_maker(
    served: Served, sign: Sign, profile: str, at: datetime | None, *, temporary: bool
) -> "_FaceMaker":
    instant = at or datetime.now(UTC)
    closed = served.conditions.closed_at(instant) if temporary else frozenset()
    ways = SignWays(served, profile, closed)
    return _FaceMaker(served, sign, ways, instant, temporary=temporary)


@dataclass(frozen=True)
class _FaceMaker:
    served: Served
    sign: Sign
    ways: SignWays
    at: datetime
    temporary: bool

    def make(self) -> Face:
        found = self.list_found()
        return replace(
            self._maker.make_head(),
            lines=tell_apart(self.served, tuple(line for line, _ in found)),
            spots=_find_spots(way for _, way in found),
            letter_height_mm=find_letter_height_mm(self.served.plan, self.sign),
            directory=self._directory,
            gone=tuple(m.to for m in self.sign.messages if not self._is_told(m.to)),
            temporary=self.temporary,
        )

    def list_found(self, *, measured: bool = True) -> list[_Found]:
        """List the lines, each with the way there; without, where it changes nothing."""
        if self.sign.directory:
            return self._point_out()
        return self._list_lines(measured=measured or self._is_crowded())

    @cached_property
    def _maker(self) -> LineMaker:
        return LineMaker(self.served, self.sign)

    @cached_property
    def _closed(self) -> frozenset[str]:
        """Ids of what is closed until further notice."""
        closures = self.served.conditions.closures
        return frozenset(c.feature for c in closures if c.end is None and c.holds_at(self.at))

    def _is_told(self, feature_id: str) -> bool:
        """Tell whether the plan has a thing and a name for it."""
        feature = self.served.plan.features.get(feature_id)
        return feature is not None and bool(self._maker.name(feature))

    def _is_open(self, feature: Feature) -> bool:
        """Tell whether everybody may go to a place, and it is not closed until further notice."""
        unit = find_unit(self.served.plan, feature)
        # a lift that is out of order will run again as long as its sign hangs
        around = {one.id for one in (feature, unit) if one and one.category not in VERTICAL}
        return is_for_all(self.served, feature) and not around & self._closed

    def _is_crowded(self) -> bool:
        """Tell whether how far things are decides which of them are printed."""
        found = list(self._list_messages(measured=False))
        full = len(found) >= MOST_LINES and not any(line.emergency for line, _ in found)
        return full or len(_merge(found)) < len(found)

    def _list_lines(self, *, measured: bool) -> list[_Found]:
        # a temporary face says what leads round, and nothing else
        said = self.sign.messages or self.temporary
        found = list(self._list_messages(measured=measured) if said else self._choose())
        if not any(line.emergency for line, _ in found):
            emergency = self._list_emergency()
            if emergency:
                found = [*_drop_last(found, MOST_LINES - 1), *emergency]
        return sorted(_merge(found), key=_rank)

    @cached_property
    def _directory(self) -> tuple[ListedBuilding, ...]:
        if not self.sign.directory:
            return ()
        return list_buildings(
            self.served, self.sign, self.ways, self._is_open, self._maker.make_line
        )

    def _point_out(self) -> list[_Found]:
        """Return the lines of a directory: the emergency department, then the other buildings."""
        pointed = ((one.line, None) for one in self._directory if one.pointed)
        return [*self._list_emergency(), *pointed]

    def _list_emergency(self) -> list[_Found]:
        """List the line of the nearest emergency department; none where no way leads there."""
        found = self.ways.find_emergency(self.sign, self._is_open)
        if found is None:
            return []
        place, way = found
        return [(self._maker.make_line(place, way.arrow, way), way)]

    def _list_messages(self, *, measured: bool) -> Iterator[_Found]:
        """Yield what the plan says that the sign announces, as far as it can be announced."""
        for message in self.sign.messages:
            feature = self.served.plan.features.get(message.to)
            if feature is None or not self._is_told(message.to) or not self._is_open(feature):
                continue
            way = None
            if measured:
                way = self.ways.find_way(self.sign, self.ways.list_nodes(message.to))
            yield self._maker.make_line(feature, message.arrow, way), way

    def _choose(self) -> Iterator[_Found]:
        """Yield what lies each way, where the plan does not say what is announced."""
        for feature_id, way in choose_lines(self.served, self.sign, self.ways, self._is_open):
            yield self._maker.make_line(self.served.plan[feature_id], way.arrow, way), way


def _rank(found: _Found) -> tuple[int, float]:
    line = found[0]
    return _ORDER[line.arrow], inf if line.distance_m is None else line.distance_m


def _drop_last(found: list[_Found], most: int) -> list[_Found]:
    """Leave out the farthest places where there are too many lines."""
    kept = sorted(found, key=lambda one: _rank(one)[1])[:most]
    return [one for one in found if one in kept]


def _merge(found: Iterable[_Found]) -> list[_Found]:
    """Keep the nearest of what reads the same and is any of many, such as toilets."""
    nearest: dict[object, _Found] = {}
    for one in sorted(found, key=lambda each: _rank(each)[1]):
        line = one[0]
        preset = find_preset(line.category) if line.category else None
        alike = preset is not None and preset.nearest
        key: object = (tuple(sorted(line.labels.items())), line.category) if alike else line.to
        nearest.setdefault(key, one)
    return list(nearest.values())


def _find_spots(ways: Iterable[SignWay | None]) -> tuple[Point, ...]:
    """Return where the ways from a sign turn for the first time."""
    spots: list[Point] = []
    for way in ways:
        stretches = split_line(way.line) if way is not None and len(way.line) > 1 else ()
        if len(stretches) < 2 or stretches[0].length_m > _SPOT_M:
            continue
        x, y = stretches[0].end
        if all(abs(x - a) + abs(y - b) > _SPOTS_APART_M for a, b in spots):
            spots.append((x, y))
    return tuple(spots)
