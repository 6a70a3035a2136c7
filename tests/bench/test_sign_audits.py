from pathlib import Path

import pytest

from wayfinder.bench.sign_audits import measure_sign_audits
from wayfinder.bench.worlds import Worlds


@pytest.mark.long
def test_seconds_are_told_by_the_number_of_journeys() -> None:
    (section,) = measure_sign_audits(Worlds(Path("absent.osm"), quick=True))
    counts: dict[str, list[float]] = {}
    for what, journeys, seconds, _ in section.rows:
        assert isinstance(journeys, int)
        assert isinstance(seconds, float)
        assert seconds >= 0
        counts.setdefault(str(what), []).append(journeys)
    walked = counts["walked on foot"]
    assert walked == sorted(set(walked))
    assert counts["audit: walk"] == walked[-1:]
    assert counts["audit: walk, easy, wheelchair"][0] > walked[-1] > 4
    assert len(section.claims) == 2
