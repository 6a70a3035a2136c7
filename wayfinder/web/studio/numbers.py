"""Numbers as people type them into forms."""

from math import isfinite

from wayfinder.store import InvalidError


def read_number(text: str, member: str) -> float:
    """Return a number of a form; raises InvalidError, with the field's name, where it is none."""
    try:
        number = float(text.strip().rstrip("°").replace("−", "-"))
    except ValueError:
        raise InvalidError("no-number", member=member) from None
    if not isfinite(number):
        raise InvalidError("no-number", member=member)
    return number
