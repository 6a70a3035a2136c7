"""At most so many lines tell as many as any lines could, and mislead nobody for it."""

from dataclasses import replace
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.checks.sign_lines import Wish, choose_lines, find_told
from wayfinder.model import Arrow, Message

ARROWS = (Arrow.LEFT, Arrow.RIGHT)


def rate(lines: tuple[Message, ...], wishes: list[Wish]) -> float:
    """Rate lines as the plan does: who is told counts once, who is misled four times against."""
    value = 0.0
    for wish in wishes:
        told = find_told(lines, wish)
        if told is not None:
            value += wish.worth if wish.is_met(told) else -4.0 * max(wish.worth, 1.0)
    return value


wishes_drawn = st.lists(
    st.builds(
        Wish,
        to=st.sampled_from("abcd"),
        arrow=st.sampled_from((*ARROWS, None)),
        worth=st.sampled_from([0.0, 1.0, 3.0]),
        groups=st.sampled_from([(), ("F1", "B"), ("F2", "B")]),
        named=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda wish: wish.to,
)


@given(wishes_drawn, st.integers(1, 3))
def test_no_other_lines_tell_more(wishes: list[Wish], most: int) -> None:
    own = {wish.to for wish in wishes if wish.named and wish.arrow is not None}
    names = sorted(own | {group for wish in wishes for group in wish.groups})
    every = [Message(name, arrow) for name, arrow in product(names, ARROWS)]
    choices = [one for size in range(most + 1) for one in combinations(every, size)]
    sensible = [one for one in choices if len({line.to for line in one}) == len(one)]
    best = max(rate(one, wishes) for one in sensible)
    chosen = choose_lines(wishes, most)
    assert len(chosen) <= most
    assert rate(chosen, wishes) == best


def test_one_line_for_a_floor_stands_for_all_on_it_but_the_exception() -> None:
    groups = ("F2", "B")
    up = [Wish(f"p{number}", Arrow.UP, 1.0, groups) for number in range(20)]
    lines = choose_lines([*up, Wish("odd", Arrow.LEFT, 1.0, groups)])
    assert len(lines) == 2
    assert {line.to for line in lines} & {"F2", "B"}
    assert Message("odd", Arrow.LEFT) in lines


def test_what_has_no_line_of_its_own_is_told_by_its_group_or_not_at_all() -> None:
    wish = Wish("p", Arrow.UP, 1.0, ("F2",), named=False)
    assert choose_lines([wish]) == (Message("F2", Arrow.UP),)
    assert choose_lines([replace(wish, groups=())]) == ()


def test_no_group_stands_for_a_place_that_one_would_not_find() -> None:
    lost = Wish("lost", None, 1.0, ("F2",))
    found = Wish("p", Arrow.UP, 1.0, ("F2",))
    assert choose_lines([lost, found]) == (Message("p", Arrow.UP),)
