"""From what somebody typed, or a link holds, to one place, or to those that may have been meant."""

from collections.abc import Callable
from dataclasses import dataclass

from wayfinder.model import Plan, Unit
from wayfinder.model.categories import VERTICAL
from wayfinder.model.sign_codes import clean_code, is_code
from wayfinder.route.targets import NEAREST, list_categories
from wayfinder.services.directory import Directory, Hit, Spot

SHOWN = 5
"""Candidates in an answer."""

FindSign = Callable[[str], str | None]
"""From a cleaned sign code to the id of the feature that it stands at, or None."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A text that names no place, or several.

    Parameters
    ----------
    text
        What was typed or linked.
    candidates
        What may have been meant, the likeliest first; at most five.
    count
        How many places are called exactly so: 0 where none is.
    nearest
        ``nearest:CATEGORY`` where the text is a sort of place that the venue has, else None.
    """

    text: str
    candidates: tuple[Hit, ...]
    count: int
    nearest: str | None = None

    @property
    def code(self) -> str:
        """``ambiguous-place`` or ``unknown-place``."""
        return "ambiguous-place" if self.count else "unknown-place"


def find_place(
    directory: Directory,
    text: str,
    *,
    language: str,
    near: str | Spot | None = None,
    find_sign: FindSign | None = None,
    or_nearest: bool = False,
) -> str | Unclear:
    """Return the id of the only place that a text names, or what may have been meant.

    Parameters
    ----------
    directory
        The venue's places.
    text
        A feature id, a code of the hospital's own, a sign's code however it is typed, or a name.
    language
        BCP 47 tag of the language of the candidates.
    near
        Where one is, for the order of the candidates.
    find_sign
        Looks a sign's code up in the registry, for signs whose code the plan does not hold.
    or_nearest
        Whether ``nearest:CATEGORY``, which a route takes as a destination, is returned as it is.
    """
    if or_nearest and text.startswith(NEAREST):
        return text
    found = directory.find_exact(text)
    if len(found) == 1:
        return found[0]
    code = clean_code(text)
    if not found and is_code(code):
        sign_id = directory.find_sign(code) or (find_sign(code) if find_sign else None)
        if sign_id is not None and sign_id in directory.plan:
            return sign_id
    if found:
        hits = directory.make_hits(found, language=language, near=near)
        return Unclear(text, hits[:SHOWN], len(found), _find_sort(directory, text))
    guess = directory.search(text, language=language, near=near, limit=SHOWN)
    return Unclear(text, guess.hits, 0, _find_sort(directory, text))


def find_shaft(directory: Directory, text: str) -> tuple[str, ...]:
    """Return the ids of the one lift or stair that a text names, floor by floor; empty for others.

    Whoever closes a lift by its name closes it on all its floors.
    """
    found = directory.find_exact(text)
    return found if _are_one_shaft(directory.plan, found) else ()


def _find_sort(directory: Directory, text: str) -> str | None:
    """Return ``nearest:CATEGORY`` for what people call so in any language, if there is any."""
    called = [one for one in list_categories(text) if directory.has_category(one)]
    # the most general one: restroom before restroom.male
    return f"{NEAREST}{min(called, key=len)}" if called else None


def _are_one_shaft(plan: Plan, feature_ids: tuple[str, ...]) -> bool:
    """Tell whether these are the floors of one lift or stair: one kind, all above each other."""
    units = [plan.find(feature_id, Unit) for feature_id in feature_ids]
    first = units[0] if units else None
    return first is not None and all(
        unit is not None
        and unit.category == first.category
        and unit.category in VERTICAL
        and unit.shape is not None
        and first.shape is not None
        and unit.shape.intersects(first.shape)
        for unit in units
    )
