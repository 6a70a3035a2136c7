import json
import math

import pytest

from wayfinder.bench.growth import fit_exponent
from wayfinder.bench.report import Claim, Section, as_json, as_text

SECTION = Section(
    "speed",
    "Speed",
    ("who", "ms"),
    (("ours", 0.01234), ("theirs", 1234.5)),
    (Claim("theirs takes times ours", 100_000, 1000, at_least=True), Claim("ours", 2.5, 2)),
    ("MISSING: rocket",),
)


def test_claims_hold_on_the_right_side_of_their_limit() -> None:
    assert Claim("most", 2.0, 2.0).holds
    assert not Claim("most", 2.1, 2.0).holds
    assert Claim("least", 2.0, 2.0, at_least=True).holds
    assert not Claim("least", 1.9, 2.0, at_least=True).holds
    assert not Claim("nothing measured", math.nan, 2.0).holds
    assert not Claim("nothing measured", math.nan, 2.0, at_least=True).holds


def test_a_table_is_aligned_and_its_claims_are_judged() -> None:
    text = as_text(SECTION)
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(line) for line in table}) == 1
    assert "0.012" in text
    assert "1,234" in text
    assert "- theirs takes times ours: 100,000 (at least 1,000): holds" in text
    assert "- ours: 2.500 (at most 2): DOES NOT HOLD" in text
    assert text.endswith("MISSING: rocket")


def test_the_document_is_json_and_says_whether_all_holds() -> None:
    document = json.loads(json.dumps(as_json([SECTION], ["rocket"])))
    assert document["holds"] is False
    assert document["missing"] == ["rocket"]
    (section,) = document["sections"]
    assert section["rows"][0] == {"who": "ours", "ms": 0.01234}
    assert section["claims"][0]["at_least"] == 1000
    assert section["claims"][1]["at_most"] == 2


@pytest.mark.parametrize("power", [1.0, 1.5, 2.0])
def test_the_exponent_is_the_power_of_growth(power: float) -> None:
    sizes = [100, 200, 400, 900]
    assert fit_exponent(sizes, [0.01 * size**power for size in sizes]) == pytest.approx(power)
