"""What all threads share is never prepared: GEOS keeps what it finds out in it, without a lock."""

import shapely

from wayfinder.graph import Network
from wayfinder.guide.steps import make_steps
from wayfinder.route import Journey
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served


def list_shared(network: Network) -> list[shapely.Polygon]:
    """Return the polygons that every question is asked of."""
    return [space.polygon for space in network.spaces.values()]


def test_steps_prepare_no_polygon_that_threads_share(served_hospital: Served) -> None:
    network = served_hospital.network
    pairs = [("C-117", "CARD"), ("CARD", "PHA"), ("ED", "CT"), ("CT", "C-117")]
    for origin, goal in pairs:
        (start,), (end,) = (served_hospital.directory.find_exact(one) for one in (origin, goal))
        way = find_way(served_hospital, start, [end], profile="wheelchair")
        if isinstance(way, Way):
            assert isinstance(way.journey, Journey)
            assert make_steps(network, way.journey)
    polygons = list_shared(network)
    assert len(polygons) > 500
    assert not any(shapely.is_prepared(polygon) for polygon in polygons)
