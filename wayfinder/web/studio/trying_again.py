"""What was worked out beside the server and failed is tried again: by a form, never by a look."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.web.studio.page import go_on
from wayfinder.web.studio.room import get_room, get_visit

_LONGEST = 6_000
"""Addresses that name a hundred features are long; no session keeps them."""


def register(blueprint: Blueprint) -> None:
    """Hang the address into the blueprint."""
    path = "/v/<slug>/work/<int(max=2147483647):work_id>/again"
    blueprint.add_url_rule(path, "try_again", try_again, methods=["POST"])


def try_again(slug: str, work_id: int) -> BaseResponse:
    """Try it once more, and go back to the page that waits for it."""
    get_room().background.try_again(slug, work_id, who=get_visit().staff.name)
    return go_on(request.form.get("next", ""), longest=_LONGEST)
