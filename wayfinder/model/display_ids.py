"""The ids of displays, as they stand in addresses: ``D`` and what a sign's code is made of.

With the letter in front an id is longer than any sign's code, so nobody takes one for the other;
and the numbers behind them are counted from the other end, so what is left without the letter is
no code that a sign is likely to have.
"""

from wayfinder.model import sign_codes

PREFIX = "D"
LENGTH = len(PREFIX) + sign_codes.LENGTH
"""Characters of an id, the check character included."""
COUNT = sign_codes.COUNT
"""How many ids there are."""


def make_display_id(number: int) -> str:
    """Return the id of a number: another one for each.

    Raises
    ------
    ValueError
        The number is negative or not below `COUNT`.
    """
    if not 0 <= number < COUNT:
        raise ValueError(f"display number {number}: ids are made for 0 to {COUNT - 1}")
    return PREFIX + sign_codes.make_code(COUNT - 1 - number)


def clean_display_id(text: str) -> str:
    """Return what was typed as an id is written: capitals, no spaces or dashes, G as 6, U as V."""
    return sign_codes.clean_code(text)
