"""Words of those who write by ear."""

import pytest

from wayfinder.services.directory.sounds import group_by_sound, spell_by_ear


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("farmacy", "pharmacy"),
        ("farmasy", "pharmacy"),
        ("kardiology", "cardiology"),
        ("fisio", "physio"),
        ("sentre", "centre"),
        ("sycology", "psychology"),
        ("nefrology", "nephrology"),
        ("hematology", "haematology"),
    ],
)
def test_what_sounds_alike_is_spelt_alike(heard: str, written: str) -> None:
    assert spell_by_ear(heard) == spell_by_ear(written)


@pytest.mark.parametrize(
    ("one", "other"), [("cardiology", "radiology"), ("lift", "left"), ("church", "kurk")]
)
def test_what_sounds_otherwise_stays_apart(one: str, other: str) -> None:
    assert spell_by_ear(one) != spell_by_ear(other)


def test_words_are_grouped_and_numbers_left_out() -> None:
    assert group_by_sound(["fase", "phase", "c117"]) == {"fase": ["fase", "phase"]}
