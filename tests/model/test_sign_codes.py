import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.model.sign_codes import (
    ALPHABET,
    COUNT,
    LENGTH,
    clean_code,
    is_code,
    list_near_codes,
    make_code,
)

NUMBERS = st.integers(0, COUNT - 1)


@given(NUMBERS)
def test_a_made_code_is_one(number: int) -> None:
    code = make_code(number)
    assert len(code) == LENGTH
    assert is_code(code)
    assert clean_code(f" {code[:3]}-{code[3:]} ".lower()) == code


@given(NUMBERS, NUMBERS)
def test_another_number_gets_another_code(one: int, two: int) -> None:
    assert (make_code(one) == make_code(two)) == (one == two)


@given(NUMBERS, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_and_put_right(number: int, place: int, wrong: str) -> None:
    code = make_code(number)
    typed = code[:place] + wrong + code[place + 1 :]
    assert is_code(typed) == (typed == code)
    if typed != code:
        assert code in set(list_near_codes(typed))


@given(NUMBERS, st.integers(0, LENGTH - 2))
def test_two_swapped_neighbours_are_found_and_put_right(number: int, place: int) -> None:
    code = make_code(number)
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        assert not is_code(typed)
        assert code in set(list_near_codes(typed))


@given(NUMBERS, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_character_that_is_missing_or_too_many_is_put_right(
    number: int, place: int, more: str
) -> None:
    code = make_code(number)
    assert code in set(list_near_codes(code[:place] + code[place + 1 :]))
    assert code in set(list_near_codes(code[:place] + more + code[place:]))


@given(
    NUMBERS, st.lists(st.integers(0, LENGTH - 1), min_size=1, max_size=2, unique=True), st.data()
)
def test_characters_that_no_code_has_are_put_right(
    number: int, places: list[int], data: st.DataObject
) -> None:
    code = make_code(number)
    typed = list(code)
    for place in places:
        typed[place] = data.draw(st.sampled_from("01258BILOSZ"))
    near = list(list_near_codes("".join(typed)))
    assert code in near
    assert len(near) == len(set(near)) <= (1 if len(places) == 1 else len(ALPHABET))


@given(st.text(max_size=200))
def test_any_text_is_a_code_or_not(text: str) -> None:
    cleaned = clean_code(text)
    for near in list_near_codes(cleaned):
        assert is_code(near)
    assert is_code(cleaned) in (True, False)


def test_look_alikes_are_read_as_what_codes_have() -> None:
    assert clean_code("g-u 3") == "6V3"
    assert not set("01258BGILOSUZ") & set(ALPHABET)


@pytest.mark.parametrize("number", [-1, COUNT])
def test_numbers_that_have_no_code_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        make_code(number)
