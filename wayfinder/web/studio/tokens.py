"""API tokens of other systems, a lift's monitor say: made, shown once, taken back."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.services import tokens
from wayfinder.services.people.roles import Role
from wayfinder.store.venues import list_venues
from wayfinder.web.site import get_site
from wayfinder.web.studio.condition_parts import guard, say_who
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.spans import FormError

_LASTING = ("365", "30", "")
"""Days that a token may be good for; the last one: until it is taken back."""


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/o/<organisation>/tokens"
    blueprint.add_url_rule(path, "list_tokens", list_tokens)
    blueprint.add_url_rule(f"{path}/make", "make_token", make_token, methods=["POST"])
    blueprint.add_url_rule(f"{path}/revoke", "revoke_token", revoke_token, methods=["POST"])


def list_tokens(organisation: str, problem: str = "", status: int = 200) -> BaseResponse:
    """Show the tokens of one's venues, and the form that makes one."""
    venues = _list_own_venues(organisation)
    now = datetime.now(UTC)
    records = tokens.list_of_venues(get_room().desk.store, venues)
    return render(
        "tokens",
        "tokens.html",
        status=status,
        organisation=organisation,
        tokens=[(one, one.is_good_at(now), say_who(one.made_by)) for one in records],
        venues=venues,
        scopes=tokens.SCOPES,
        lasting=_LASTING,
        given=request.form,
        problem=problem,
    )


def make_token(organisation: str) -> BaseResponse:
    """Make a token, and show it this once, with how it is used."""
    venues, form = _list_own_venues(organisation), request.form
    store, staff = get_room().desk.store, get_visit().staff
    venue = form.get("venue", "")

    def make() -> str:
        if venue not in venues:
            raise FormError("tokens.no-venue")
        days = form.get("days", _LASTING[0])
        if days not in _LASTING:
            raise FormError("tokens.no-venue")
        end = datetime.now(UTC) + timedelta(days=int(days)) if days else None
        scopes = tuple(form.getlist("scope"))
        name = form.get("name", "").strip()
        return tokens.make_token(
            store, name, venue=venue, scopes=scopes, expires_at=end, who=staff.actor
        )

    token, problem = guard(make)
    if token is None:
        return list_tokens(organisation, problem, 422)
    served = get_site().venues.find(venue)
    lift = None if served is None else next((one for one in served.plan.units if one.lift), None)
    return render(
        "tokens",
        "token.html",
        organisation=organisation,
        token=token,
        name=form["name"].strip(),
        address=f"{get_room().settings.public_url}/api/v1/venues/{venue}/conditions",
        feature=lift.id if lift is not None else "LIFT",
        can_close=tokens.CONDITIONS in form.getlist("scope"),
    )


def revoke_token(organisation: str) -> BaseResponse:
    """Take a token back for good."""
    name = request.form.get("name", "")
    tokens.revoke(
        get_room().desk.store,
        name,
        venue=request.form.get("venue"),
        who=get_visit().staff.actor,
        only_venues=_list_own_venues(organisation),
    )
    flash("tokens.said.revoked", name=name)
    return go_to("list_tokens", organisation=organisation)


def _list_own_venues(organisation: str) -> list[str]:
    """List the venues of the organisation that one is admin of."""
    only = get_visit().staff.list_venues_of(Role.ADMIN, organisation)
    with get_room().desk.store.read() as connection:
        own = [one.slug for one in list_venues(connection) if one.organisation == organisation]
    return own if only is None else [slug for slug in own if slug in only]
