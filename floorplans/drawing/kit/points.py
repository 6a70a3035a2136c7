"""Drawing what stands in a space: departments, amenities, signs, zones, ways by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from floorplans.drawing.kit.errors import DrawingError
from floorplans.drawing.kit.items import (
    Access,
    Link,
    Mounting,
    Part,
    Space,
    Spot,
    Tenant,
    Zone,
    make_zone,
)
from floorplans.drawing.kit.rooms import Rooms
from floorplans.drawing.kit.shapes import Shape, Xy, as_polygon
from floorplans.drawing.kit.words import parse_words


def _known(**members: Any) -> dict[str, Any]:
    """Leave out the members that are not given."""
    return {member: value for member, value in members.items() if value}


class Points(Rooms):
    """The part of a floor that draws points and areas without walls."""

    def occupant(
        self,
        space: Space,
        category: str,
        name: str,
        *,
        his: str | None = None,
        hours: str | None = None,
        phone: str | None = None,
        at: Xy | None = None,
        access: Access | None = None,
        description: str | None = None,
    ) -> Tenant:
        """Say which department or service has its place in a space.

        Parameters
        ----------
        space
            Where one has arrived.
        category
            A preset's category.
        name
            ``Chinese / English: alias, alias``.
        his
            Its code in the hospital's information system.
        hours
            OSM opening_hours.
        phone
            Telephone number.
        at
            The point at which one has arrived; by default the middle of the space.
        access
            Who may come, where the space does not say it.
        description
            ``Chinese / English``.
        """
        words = parse_words(name)
        known = _known(
            codes={"his": his} if his else None,
            access=access,
            description=dict(parse_words(description).name),
        )
        tenant = Tenant(
            space, at or space.middle, category, words, his or words.zh, hours, phone, known
        )
        self.tenants.append(tenant)
        return tenant

    def amenity(
        self,
        x: float,
        y: float,
        category: str,
        name: str | None = None,
        *,
        ref: str | None = None,
        his: str | None = None,
        hours: str | None = None,
        phone: str | None = None,
        access: Access | None = None,
        wheelchair: bool | None = None,
        description: str | None = None,
    ) -> Spot:
        """Draw a point of service: a desk, a machine, drinking water."""
        known = _known(
            ref=ref,
            codes={"his": his} if his else None,
            access=access,
            wheelchair=wheelchair,
            description=dict(parse_words(description).name),
        )
        key = ref or his or f"{category}@{x:.1f},{y:.1f}"
        spot = Spot(self._floor, (x, y), category, parse_words(name), key, hours, phone, known)
        self.spots.append(spot)
        return spot

    def amenities(self, category: str, spots: Iterable[Xy], name: str | None = None) -> None:
        """Draw several points of one kind."""
        for x, y in spots:
            self.amenity(x, y, category, name)

    def sign(
        self,
        ref: str,
        x: float,
        y: float,
        bearing_deg: float,
        *,
        mounting: Mounting = "wall",
        code: str | None = None,
        name: str | None = None,
        directory: bool = False,
    ) -> Spot:
        """Put up a sign.

        Parameters
        ----------
        ref
            What a person says at the telephone: ``A1-07``.
        x, y
            Where it hangs: 0.1–0.4 m before its wall, or over the middle of a corridor.
        bearing_deg
            Outward normal of its face, clockwise from north: whoever reads it looks the other way.
        mounting
            How it is fixed.
        code
            Its seven characters.
        name
            ``Chinese / English``, where it has one.
        directory
            Whether it lists all places by building and floor.
        """
        face = {"bearing_deg": bearing_deg, "mounting": mounting}
        known = _known(
            ref=ref, sign_code=code, sign={**face, "directory": True} if directory else face
        )
        spot = Spot(self._floor, (x, y), "signage", parse_words(name), ref, wayfinder=known)
        self.spots.append(spot)
        return spot

    def display(
        self, ref: str, x: float, y: float, *, name: str, display: Mapping[str, Any]
    ) -> Spot:
        """Put up a screen.

        Parameters
        ----------
        ref
            What a person says at the telephone: ``K-01``.
        x, y
            Where it stands or hangs, as of signs.
        name
            ``Chinese / English``.
        display
            The ``wayfinder.display`` object.
        """
        known = _known(ref=ref, display=dict(display))
        spot = Spot(self._floor, (x, y), "display", parse_words(name), ref, wayfinder=known)
        self.spots.append(spot)
        return spot

    def section(
        self,
        shape: Shape,
        name: str,
        *,
        access: Access | None = None,
        hours: str | None = None,
        his: str | None = None,
        key: str | None = None,
        zone: Zone | None = None,
        category: str = "unspecified",
    ) -> Part:
        """Name a part of the floor: a colour zone, a ward; ``access`` holds in all of it."""
        words = parse_words(name)
        known = _known(access=access, hours=hours, codes={"his": his} if his else None)
        known |= _known(zone=make_zone(zone) if zone else None)
        outline = as_polygon(shape, f"{self} section {words.zh}")
        part = Part(self._floor, outline, words, key or his or words.zh, category, known)
        self.parts.append(part)
        return part

    def way(
        self,
        line: Sequence[Xy],
        category: Literal["traversal", "traversal.path", "ramp", "stairs"] = "traversal.path",
        *,
        clear_width_m: float | None = None,
        incline: float | None = None,
        wheelchair: bool | None = None,
        banned: bool = False,
        directed: bool = False,
        hours: str | None = None,
        access: Access | None = None,
    ) -> Link:
        """Draw a way by hand, or ban one; it wins over what is derived.

        Raises
        ------
        DrawingError
            The line has fewer than two points.
        """
        if len(line) < 2:
            raise DrawingError([f"{self}: a way needs two points: {line}"])
        known = _known(
            clear_width_m=clear_width_m,
            incline=incline,
            wheelchair=wheelchair,
            banned=banned,
            access=access,
        )
        (x0, y0), (x1, y1) = line[0], line[-1]
        key = f"{category}@{x0:.1f},{y0:.1f}-{x1:.1f},{y1:.1f}"
        link = Link(
            key,
            category,
            tuple(line),
            (self._floor,),
            directed=directed,
            hours=hours,
            wayfinder=known,
        )
        self.links.append(link)
        return link
