import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.model.display_ids import (
    COUNT,
    LENGTH,
    PREFIX,
    clean_display_id,
    make_display_id,
)
from wayfinder.model.sign_codes import is_code, list_near_codes, make_code

NUMBERS = st.integers(0, COUNT - 1)


@given(NUMBERS)
def test_an_id_is_one_and_never_the_code_of_a_sign(number: int) -> None:
    made = make_display_id(number)
    assert len(made) == LENGTH
    assert made.startswith(PREFIX)
    assert is_code(made.removeprefix(PREFIX))
    assert not is_code(made)
    assert clean_display_id(f" {made[:4]}-{made[4:]} ".lower()) == made


@given(NUMBERS, NUMBERS)
def test_another_number_gets_another_id(one: int, two: int) -> None:
    assert (make_display_id(one) == make_display_id(two)) == (one == two)


def test_an_id_that_is_typed_as_a_code_leads_to_no_sign_given_out_early() -> None:
    early = {make_code(number) for number in range(20_000)}
    for number in range(500):
        assert not early.intersection(list_near_codes(make_display_id(number)))


@pytest.mark.parametrize("number", [-1, COUNT])
def test_numbers_that_have_no_id_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        make_display_id(number)
