"""What GEOS finds out about a prepared shape it keeps there, without a lock: threads take turns."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import numpy as np
import pytest
import shapely

from wayfinder.graph import Network, rungs
from wayfinder.guide.steps import make_steps
from wayfinder.route import Journey
from wayfinder.services.navigate import Way, find_way
from wayfinder.services.served import Served


def list_shared(network: Network) -> list[shapely.Geometry]:
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


def test_two_threads_never_ask_a_prepared_shape_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    plain = shapely.covers

    def covers(*args: Any) -> Any:  # noqa: ANN401 - as of `shapely.covers`
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        sleep(0.02)
        found = plain(*args)
        inside -= 1
        return found

    monkeypatch.setattr(shapely, "covers", covers)
    notched = shapely.box(0, 0, 30, 20).difference(shapely.box(10, 0, 20, 12))
    (rung,) = rungs.make_rungs([notched], 0.0)
    starts, ends = np.array([[2.0, 2.0]]), np.array([[28.0, 2.0]])
    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(lambda _: rungs.see([rung], [starts], [ends])[0][0], range(8)))
    assert not any(seen)
    assert most == 1
