"""At most so many lines tell as many as any lines could, and mislead nobody for it."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from wayfinder.checks.sign_lines import Wish, choose_lines, find_told, merge_wishes
from wayfinder.model import Arrow, Message

ARROWS = (Arrow.LEFT, Arrow.RIGHT)


def rate(lines: tuple[Message, ...], wishes: list[Wish]) -> float:
    """Rate lines as the plan does: who is told counts once, who is misled twice against."""
    value = 0.0
    for wish in wishes:
        told = find_told(lines, wish)
        if told is not None:
            value += wish.worth if wish.is_met(told) else -2.0 * max(wish.worth, 1.0)
    return value


wishes_drawn = st.lists(
    st.builds(
        Wish,
        to=st.sampled_from("abcd"),
        arrow=st.sampled_from(ARROWS),
        worth=st.sampled_from([0.0, 1.0, 3.0]),
        groups=st.sampled_from([(), ("F1", "B"), ("F2", "B")]),
    ),
    max_size=4,
    unique_by=lambda wish: wish.to,
)


@given(wishes_drawn, st.integers(1, 3))
def test_no_other_lines_tell_more(wishes: list[Wish], most: int) -> None:
    names = sorted({key for wish in wishes for key in (wish.to, *wish.groups)})
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


def test_a_way_that_others_take_counts_as_well() -> None:
    merged = merge_wishes(
        [Wish("a", Arrow.LEFT, 2.0), Wish("a", Arrow.RIGHT, 1.0), Wish("b", Arrow.UP, 1.0)]
    )
    told = {wish.to: (wish.arrow, wish.is_met(Arrow.RIGHT)) for wish in merged}
    assert told == {"a": (Arrow.LEFT, True), "b": (Arrow.UP, False)}
