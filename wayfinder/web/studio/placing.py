"""How a picture lies over the outlines of its floor, as numbers and as SVG."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from wayfinder.model import Level, Plan
from wayfinder.services.plan_images import Placement
from wayfinder.store.plan_images import PlanImage

_MARGIN = 0.05
_LEAST_M = 5.0


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture as it is shown.

    Parameters
    ----------
    image
        What is known of it.
    placement
        Where it lies.
    outline
        What is drawn on its floor, as the path of an SVG in metres with y downwards.
    box
        What of the plane is shown: left, top, width, height.
    """

    image: PlanImage
    placement: Placement
    outline: str = ""
    box: tuple[float, float, float, float] = (0, 0, 1, 1)

    @classmethod
    def of(cls, image: PlanImage) -> "ImageView":
        """Return a picture without what is around it."""
        return cls(image, Placement.of(image.placement))

    @property
    def size_m(self) -> tuple[float, float]:
        """Its width and height in metres."""
        scale = self.placement.m_per_px
        return self.image.width_px * scale, self.image.height_px * scale

    @property
    def transform(self) -> str:
        """What lays it there, in SVG; it is drawn around nothing."""
        lies = self.placement
        return f"translate({lies.x_m:.3f} {-lies.y_m:.3f}) rotate({lies.turn_deg:.4f})"

    def describe(self, slug: str) -> Mapping[str, Any]:
        """Return it as a document."""
        image, lies = self.image, self.placement
        width, height = self.size_m
        corners = lies.list_corners((image.width_px, image.height_px))
        return {
            "id": image.id,
            "level": image.level,
            "name": image.name,
            "width_px": image.width_px,
            "height_px": image.height_px,
            "address": url_for("studio.get_picture", slug=slug, image_id=image.id),
            "placement": lies.write(),
            "corners_m": [[round(x, 3), round(y, 3)] for x, y in corners],
            "extent_m": [
                round(lies.x_m - width / 2, 3),
                round(lies.y_m - height / 2, 3),
                round(lies.x_m + width / 2, 3),
                round(lies.y_m + height / 2, 3),
            ],
        }


def list_outlines(plan: Plan) -> Mapping[str, str]:
    """Return what is drawn on each floor: level to the path of an SVG, in metres."""
    found: dict[str, list[str]] = {level.id: [] for level in plan.levels}
    for feature in (*plan.levels, *plan.units):
        level_id = feature.id if isinstance(feature, Level) else feature.level_id
        geometry = plan.find_geometry_m(feature.id)
        if level_id in found and geometry is not None:
            found[level_id] += _draw(geometry)
    return {level_id: "".join(paths) for level_id, paths in found.items()}


def make_view(plan: Plan, image: PlanImage, outlines: Mapping[str, str]) -> ImageView:
    """Return a picture with what is drawn on its floor."""
    placement = Placement.of(image.placement)
    corners = placement.list_corners((image.width_px, image.height_px))
    points = [*corners, *_list_bounds(plan, image.level)]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    margin = max(east - west, north - south, _LEAST_M) * _MARGIN
    width, height = east - west + 2 * margin, north - south + 2 * margin
    box = (west - margin, -north - margin, width, height)
    rounded = (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
    return ImageView(image, placement, outlines.get(image.level, ""), rounded)


def _list_bounds(plan: Plan, level_id: str) -> list[tuple[float, float]]:
    level = plan.find(level_id, Level)
    shape = plan.find_geometry_m(level.id) if level is not None else None
    if shape is None or shape.is_empty:
        return []
    west, south, east, north = shape.bounds
    return [(west, south), (east, north)]


def _draw(geometry: BaseGeometry) -> Iterator[str]:
    """Yield the rings of an area as parts of a path."""
    for part in getattr(geometry, "geoms", (geometry,)):
        if not isinstance(part, Polygon):
            continue
        for ring in (part.exterior, *part.interiors):
            places = " ".join(f"{x:.2f},{-y:.2f}" for x, y in ring.coords)
            yield f"M{places}Z"
