"""What texts lack is told one thing at a time, as it is judged once they are signed."""

from copy import deepcopy
from typing import Any

import pytest

from wayfinder.languages import LANGUAGES
from wayfinder.services.fire.errors import FireError
from wayfinder.services.fire.lacks import Lack, find_lack
from wayfinder.services.fire.texts import check_zones

ZONE: dict[str, Any] = {
    "id": "A",
    "name": dict.fromkeys(LANGUAGES, "House A"),
    "buildings": ["A"],
    "levels": [],
    "texts": {tag: {"title": "Fire", "lines": ["Leave the house."]} for tag in LANGUAGES},
}
LAST = LANGUAGES[-1]


def change(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {**deepcopy(ZONE), **values}


def change_text(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    zone = deepcopy(ZONE)
    zone["texts"][LAST] |= values
    return zone


@pytest.mark.parametrize(
    ("zones", "lack"),
    [
        ([ZONE, change(id="B-2")], None),
        ([change(buildings=[], levels=["L1"])], None),
        ([], Lack("none")),
        ([change(id="")], Lack("id", "?")),
        ([change(id="A b")], Lack("id", "A b")),
        ([change(id="A\n")], Lack("id", "A\n")),
        ([change(id="A" * 41)], Lack("id", "A" * 41)),
        ([ZONE, ZONE], Lack("twice", "A")),
        ([change(buildings=[])], Lack("where", "A")),
        ([change(name={**ZONE["name"], LAST: ""})], Lack("name", "A", LAST)),
        ([change(name={**ZONE["name"], LAST: "x" * 41})], Lack("name", "A", LAST)),
        ([change_text(title="")], Lack("title", "A", LAST)),
        ([change_text(title="x" * 41)], Lack("title", "A", LAST)),
        ([change_text(lines=[])], Lack("lines", "A", LAST)),
        ([change_text(lines=["x"] * 7)], Lack("lines", "A", LAST)),
        ([change_text(lines=["x" * 141])], Lack("lines", "A", LAST)),
    ],
)
def test_what_zones_lack_is_what_they_are_refused_for(
    zones: list[dict[str, Any]], lack: Lack | None
) -> None:
    assert find_lack(zones) == lack
    if lack is None:
        assert check_zones({"zones": zones})["zones"] == zones
    else:
        with pytest.raises(FireError):
            check_zones({"zones": zones})
