"""Who reads a page: language, profile, look; what links carry on of it.

Preferences travel in the address and nowhere else. Unknown values count as not given, unknown
parameters are ignored: messengers add some of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request, url_for

from wayfinder.guide.catalogues import LANGUAGES
from wayfinder.route import PROFILES
from wayfinder.web.language import choose_language, find_spoken

DEFAULT_PROFILE, ELDER_PROFILE = "walk", "easy"
"""Of those who choose none: who wants large letters is sent up no stairs beside a lift."""
OFFERED_PROFILES = ("walk", "easy", "wheelchair")
"""Those that everybody may choose in a page; an address may name any."""
LOOKS = ("elder", "elder-24", "elder-30")
"""The elder look with letters of 20, 24 and 30 pixels."""
THEMES = ("light", "dark")
ELDER_TEXT_SCALE = 1.35
_HERE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page.

    Parameters
    ----------
    language
        Language of the page: one with catalogues.
    profile
        Name of a profile.
    look
        One of `LOOKS`, or empty.
    theme
        One of `THEMES`, or empty: the system's.
    here
        Code of the sign where the reader is, or the id of another place; empty where unknown.
    given
        What of this the address named: links carry it on.
    """

    language: str
    profile: str = DEFAULT_PROFILE
    look: str = ""
    theme: str = ""
    here: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def text_scale(self) -> float:
        """Factor on the letters of maps."""
        return ELDER_TEXT_SCALE if self.look else 1.0

    @property
    def usual_profile(self) -> str:
        """The profile that addresses need not name."""
        return find_usual_profile(self.given)

    @property
    def other_language(self) -> str:
        """The language of the second name of a place."""
        return self.other_languages[0]

    @property
    def other_languages(self) -> tuple[str, ...]:
        """The languages that are offered beside this one."""
        return tuple(language for language in LANGUAGES if language != self.language)

    def at(self, here: str) -> "Reader":
        """Return the same reader at another place."""
        return replace(self, here=here, given={**self.given, "here": here})

    def url(self, endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as of `url_for`
        """Make the address of a page, which keeps what the reader chose."""
        carried = {key: value for key, value in self.given.items() if key not in values}
        every: dict[str, Any] = {**carried, **values}
        return url_for(f"phone.{endpoint}", **every)

    def change(self, **values: str | None) -> str:
        """Make the address of this very page with other choices; None takes one away."""
        kept = {
            key: request.args.getlist(key)
            for key in request.args
            if key in _KEPT and key not in values
        }
        chosen = {key: value for key, value in values.items() if value}
        wanted: dict[str, Any] = {**kept, **chosen}
        return url_for(
            request.endpoint or "phone.get_venues", **(request.view_args or {}), **wanted
        )


_KEPT = frozenset(
    {"lang", "profile", "look", "theme", "here", "q", "at", "stop", "to", "order", "car", "start"}
    | {"about", "spot", "sent"}
)


def find_usual_profile(given: Mapping[str, str]) -> str:
    """Return the profile of those who choose none, by the look that they chose."""
    return ELDER_PROFILE if given.get("look") else DEFAULT_PROFILE


def read_reader() -> Reader:
    """Read who asks from the request."""
    args = request.args
    given: dict[str, str] = {}
    language = choose_language()
    if find_spoken(args.get("lang", "")):
        given["lang"] = language
    for key, allowed in (("look", LOOKS), ("theme", THEMES), ("profile", tuple(PROFILES))):
        value = args.get(key, "")
        if value in allowed and not (key == "profile" and value == find_usual_profile(given)):
            given[key] = value
    here = "".join(c for c in args.get("here", "")[:_HERE_CHARACTERS] if c.isprintable()).strip()
    if here:
        given["here"] = here
    return Reader(
        language=language,
        profile=given.get("profile", find_usual_profile(given)),
        look=given.get("look", ""),
        theme=given.get("theme", ""),
        here=here,
        given=given,
    )
