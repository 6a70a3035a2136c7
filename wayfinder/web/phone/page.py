"""What every page has: the reader, the venue, words, the time of the map."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import Response, current_app, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from wayfinder.guide.catalogues import translate
from wayfinder.guide.names import Sign as Name
from wayfinder.guide.names import say_sign
from wayfinder.model import (
    Building,
    Feature,
    Labels,
    Level,
    Plan,
    Sign,
    find_display,
    pick_label,
)
from wayfinder.model.labels import has_language, pick_tag
from wayfinder.services.directory import Directory, Hit
from wayfinder.services.feedback.wording import Shown, show_answer
from wayfinder.services.fire.state import FireState, FireZone
from wayfinder.services.hours import say_stamp
from wayfinder.services.served import Served
from wayfinder.web.errors import Problem
from wayfinder.web.etags import add_validator
from wayfinder.web.phone.contacts import Contacts, recall_contacts
from wayfinder.web.phone.reader import OFFERED_PROFILES, Reader, read_reader
from wayfinder.web.site import Site, get_site

BURNING = 409
"""Status of a page in place of which the texts of a fire are shown: nobody keeps it for later."""
STRIP = "wayfinder.strip"
"""Extension of the application that writes what staff see beside a page, a `WriteStrip`."""
_WITH_STRIP = frozenset({"place", "sign"})
_LETTERS = 2
"""A building's code that is no longer stands on a badge: ``A``, ``P2``."""


WriteStrip = Callable[["Page", str | None], Markup | None]
"""Writes it for a page about a place, or about the sign where the reader is."""


@dataclass(frozen=True)
class Page:
    """One page for one reader, about one venue or none.

    Parameters
    ----------
    kind
        What it is: ``home``, ``route`` and so on; scripts choose by it what they load.
    reader
        Who reads it.
    served
        The venue, or None.
    """

    kind: str
    reader: Reader
    served: Served | None = None

    @property
    def language(self) -> str:
        """Language of the page."""
        return self.reader.language

    def say(self, msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - as of `translate`
        """Say a message of the domain ``web``."""
        return translate(self.language, f"web.{msgid}", **values)

    def say_report(self, msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - as of `translate`
        """Say a message of the domain ``feedback``."""
        return translate(self.language, f"feedback.{msgid}", **values)

    @property
    def hears(self) -> bool:
        """Whether people can report something here: somebody keeps what they say."""
        return self.served is not None and self.site.store is not None

    def list_answers(self, *keys: str | None) -> list[Shown]:
        """List what is shown of what people have reported about a sign, by its id and code."""
        known = [key for key in keys if key]
        found = self.site.venues.list_answers(self.venue.slug, known, self.now)
        return [show_answer(self.venue, one, self.language, self.now) for one in found]

    def list_answers_about(self, feature_id: str) -> list[Shown]:
        """List what is shown of what people have reported about a place, all that is part of it."""
        return self.list_answers(*(one.id for one in self.directory.list_features(feature_id)))

    def pick(self, labels: Labels | None) -> str:
        """Choose the text of the reader's language."""
        return pick_label(labels, self.language)

    def find_foreign(self, labels: Labels) -> str:
        """Return the language of what `pick` chooses, where it is not the reader's."""
        return "" if has_language(labels, self.language) else pick_tag(labels, self.language)

    @cached_property
    def site(self) -> Site:
        """What the application serves."""
        return get_site()

    @property
    def venue(self) -> Served:
        """The venue of a page that has one."""
        assert self.served is not None  # noqa: S101 - pages about a venue are made with it
        return self.served

    @property
    def fire(self) -> FireState | None:
        """The fire in the venue, or None."""
        return self.served.fire if self.served is not None else None

    @cached_property
    def burning(self) -> tuple[FireZone, ...]:
        """The zones on fire that the reader is in."""
        return self.fire.list_zones(self.here_id) if self.fire is not None else ()

    @property
    def plan(self) -> Plan:
        """The venue's plan."""
        return self.venue.plan

    @property
    def directory(self) -> Directory:
        """The venue's directory."""
        return self.venue.directory

    @cached_property
    def now(self) -> datetime:
        """The moment of the request in the venue's time zone."""
        return datetime.now(self.venue.router.schedule.zone)

    @cached_property
    def version(self) -> str:
        """What `/now` says as long as nothing has changed since the page was made."""
        return self.venue.version_at(self.now)

    @cached_property
    def confirmed(self) -> datetime:
        """When the map was last known to be the newest, in the venue's time zone."""
        confirmed = self.site.venues.find_confirmed(self.venue.slug)
        return confirmed.astimezone(self.venue.router.schedule.zone)

    @property
    def confirmed_text(self) -> str:
        """The same as text, as `sayTime` of the scripts says it."""
        return say_stamp(self.confirmed, self.now, self.language)

    @cached_property
    def contacts(self) -> Contacts:
        """Whom to call."""
        return recall_contacts(self.venue.network)

    @cached_property
    def here(self) -> Hit | None:
        """Where the reader is, as a list of places says it; None where unknown."""
        sign = self.sign
        if sign is not None:
            return self.directory.make_hit(sign.unit_id, language=self.language)
        return self.describe(self.reader.here) if self.reader.here else None

    @cached_property
    def sign(self) -> Sign | None:
        """The sign where the reader is, or None."""
        return self.find_sign(self.reader.here)

    @property
    def here_id(self) -> str | None:
        """Feature id of where the reader is, or None."""
        if self.sign is not None:
            return self.sign.id
        return self.reader.here if self.reader.here in self.plan.features else None

    def find_sign(self, code: str) -> Sign | None:
        """Return the sign of the venue that a code, in any case, or an id stands for, or None."""
        return find_sign_here(self.site, self.venue, code)

    def find_sign_id(self, code: str) -> str | None:
        """Return the id of the sign that a cleaned code stands for, or None."""
        sign = self.find_sign(code)
        return None if sign is None else sign.id

    def say_name(self, name: Name) -> str:
        """Say what one reads on a door or over a desk."""
        return say_sign(name, self.language)

    def describe(self, feature_id: str) -> Hit | None:
        """Return what a list says of a place, or None for an unknown id."""
        return self.directory.make_hit(feature_id, language=self.language, near=self.here_id)

    def describe_start(self, feature_id: str) -> Hit | None:
        """Describe where somebody is: a sign or screen by the place it hangs in, and its number."""
        sign, screen = self.venue.signs.get(feature_id), find_display(self.plan, feature_id)
        placed = sign or screen
        if placed is None:
            return self.describe(feature_id)
        hit = self.directory.make_hit(placed.unit_id, language=self.language)
        if hit is None or not placed.ref:
            return hit
        words = "at-sign" if sign is not None else "at-screen"
        return replace(hit, name=self.say(words, name=hit.name, sign=placed.ref))

    def say_label(self, level: Level | None) -> str:
        """Return what stands on the lift's button."""
        return self.pick(level.short_name or level.name) if level is not None else ""

    def say_level_title(self, level: Level | None) -> str:
        """Return the floor's building, else its own name: what stands beside its label."""
        building = self.find_building(level)
        if building is not None and building.name:
            return self.pick(building.name)
        return self.pick(level.name) if level is not None else ""

    def say_floor_heading(self, level: Level | None) -> str:
        """Say a floor for a heading: its building and its label."""
        title, label = self.say_level_title(level), self.say_label(level)
        if not title or title == label:
            return label or title
        return self.say("floor-heading", building=title, floor=label) if label else title

    def find_building(self, level: Level | None) -> Building | None:
        """Return the only building of a level, or None."""
        ids = level.building_ids if level is not None else ()
        return self.plan.find(ids[0], Building) if len(ids) == 1 else None

    def find_hit_zone(self, hit: Hit) -> str:
        """Return the letter of the building that a place is in, or nothing."""
        return self.find_zone(self.plan.find(hit.level_id, Level))

    @property
    def offered_profiles(self) -> tuple[str, ...]:
        """Profiles to choose from: those for everybody, and the one that the address names."""
        return tuple(dict.fromkeys((*OFFERED_PROFILES, self.reader.profile)))

    def find_zone(self, feature: Feature | None) -> str:
        """Return the letter that stands for a building on its badge, or nothing."""
        building = feature if isinstance(feature, Building) else None
        if isinstance(feature, Level):
            building = self.find_building(feature)
        letter = str(building.codes.get("his", "")) if building is not None else ""
        return letter if len(letter) <= _LETTERS else ""


def find_sign_here(site: Site, served: Served, code: str) -> Sign | None:
    """Return the sign of a venue that a code, or an id, stands for, or None."""
    if not code:
        return None
    return site.venues.find_sign_in(served, code) or served.signs.get(code)


def get_page(kind: str, slug: str) -> Page:
    """Make the page of a venue for whoever asks.

    Raises
    ------
    NotFound
        There is no such venue.
    """
    served = get_site().venues.find(slug)
    if served is None:
        raise NotFound
    return Page(kind, read_reader(), served)


def render(page: Page, template: str, *, status: int = 200, **values: Any) -> Response:  # noqa: ANN401
    """Make the answer of a page: never kept without asking, unchanged for who has it.

    Who is in a building on fire gets its texts in place of any page.
    """
    if page.burning:
        return _render(page, "fire.html", BURNING, {"zones": page.burning, "inside": True})
    return _render(page, template, status, values | {"strip": _find_strip(page, status, values)})


def _find_strip(page: Page, status: int, values: Mapping[str, Any]) -> Markup | None:
    """Return what staff who are signed in see beside a place or a sign; None for patients.

    Without a cookie nobody looks any further.
    """
    if "HTTP_COOKIE" not in request.environ or status != 200 or page.kind not in _WITH_STRIP:
        return None
    write: WriteStrip | None = current_app.extensions.get(STRIP)
    hit = values.get("hit")
    return None if write is None else write(page, hit.id if isinstance(hit, Hit) else None)


def render_fire(page: Page, zones: Sequence[FireZone], *, inside: bool) -> Response:
    """Make the page of a fire, for who is in it or for who would go there."""
    return _render(page, "fire.html", BURNING, {"zones": page.burning or zones, "inside": inside})


def _render(page: Page, template: str, status: int, values: Mapping[str, Any]) -> Response:
    body = render_template(
        f"phone/{template}",
        page=page,
        reader=page.reader,
        say=page.say,
        pick=page.pick,
        url=page.reader.url,
        slug=page.served.slug if page.served else None,
        **values,
    )
    response = Response(body, status=status, mimetype="text/html")
    response.vary.add("Accept-Language")
    if values.get("strip") is not None:
        response.vary.add("Cookie")
    if status != 200 or page.fire is not None or values.get("strip") is not None:
        response.headers["Cache-Control"] = "no-store"
        return response
    return add_validator(response)


def render_problem(problem: Problem) -> Response:
    """Make the page of an error."""
    page = Page("error", read_reader())
    return render(
        page,
        "problem.html",
        status=problem.status,
        problem=problem,
        venues=page.site.venues.list(),
    )
