"""The blueprint of the displays: the frame, and a file a group of pages."""

from flask import Blueprint

from wayfinder.web.displays import board_page, frame, kiosk_home
from wayfinder.web.displays.stamp import stamp

__all__ = ["make_blueprint"]


def make_blueprint() -> Blueprint:
    """Make the pages; `create_app` hangs them into the application."""
    blueprint = Blueprint("displays", __name__, template_folder="templates")
    for pages in (frame, kiosk_home, board_page):
        pages.register(blueprint)
    blueprint.after_app_request(stamp)
    return blueprint
