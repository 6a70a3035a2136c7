"""What staff who are signed in see on a patient's page: close this, open it, look after the sign.

A page of a phone asks for it only where the browser has the session's cookie, which patients never
have; nothing is written, and where the database is away the page is as for everybody.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for
from markupsafe import Markup

from wayfinder.guide.catalogues import translate
from wayfinder.services.closing import Closable, find_closable, list_near
from wayfinder.services.conditions import find_closed
from wayfinder.services.people.roles import Role, Staff
from wayfinder.services.people.sessions import peek_session
from wayfinder.store import StoreError
from wayfinder.store.venues import find_venue
from wayfinder.web.language import carry_language
from wayfinder.web.phone.page import Page
from wayfinder.web.studio.condition_parts import get_now
from wayfinder.web.studio.cookies import read_session_cookie
from wayfinder.web.studio.room import get_room


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be closed or opened from here."""

    closable: Closable
    is_closed: bool
    address: str


def write_strip(page: Page, feature_id: str | None) -> Markup | None:
    """Write the strip for who is signed in and may do something here; None for everybody else.

    Parameters
    ----------
    page
        The page of a phone, of a place or a sign.
    feature_id
        The place that it is about; None: the sign where the reader is.
    """
    secret = read_session_cookie()
    if not secret or page.served is None:
        return None
    try:
        staff = peek_session(get_room().desk, secret)
        return None if staff is None else _write(page, staff, feature_id)
    except StoreError:
        return None


def _write(page: Page, staff: Staff, feature_id: str | None) -> Markup | None:
    store, slug = get_room().desk.store, page.venue.slug
    with store.read() as connection:
        venue = find_venue(connection, slug)
    role = None if venue is None else staff.find_role(venue.organisation, slug)
    if role is None or not role.covers(Role.EDITOR):
        return None
    sign = page.sign if feature_id is None else None
    offers = []
    if role.covers(Role.PUBLISHER):
        offers = _list_offers(page, feature_id)
    return Markup(  # noqa: S704 - a template of ours, which escapes
        render_template(
            "studio/strip.html",
            page=page,
            staff=staff,
            offers=offers,
            sign=sign,
            slug=slug,
            may_close=role.covers(Role.PUBLISHER),
            say=lambda msgid, **values: translate(page.language, f"studio.{msgid}", **values),
            find_address=_find_address,
        )
    )


def _list_offers(page: Page, feature_id: str | None) -> list[Offer]:
    served, language = page.venue, page.language
    if feature_id is not None:
        one = find_closable(served, feature_id, language)
        found = [] if one is None else [one]
    else:
        found = [] if page.sign is None else list_near(served, page.sign, language)
    closed = find_closed(get_room().desk.store, served.slug, get_now())
    sign = {"sign": page.reader.here} if page.sign is not None and page.reader.here else {}
    return [
        Offer(
            one,
            not closed.isdisjoint(one.features),
            _find_address("show_closing", slug=served.slug, feature=one.id, **sign),
        )
        for one in found
    ]


def _find_address(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as of `url_for`
    """Return the address of a page of the studio in the language that was asked for."""
    if f"studio.{endpoint}" not in current_app.view_functions:
        return ""
    return url_for(f"studio.{endpoint}", **carry_language(), **values)
