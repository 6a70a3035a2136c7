"""The blueprint of the phone's pages, and what all their templates may use."""

from flask import Blueprint

from wayfinder.guide.catalogues import name_language
from wayfinder.web.phone import (
    errands,
    home,
    offline,
    pictures,
    places,
    report,
    search,
    signs,
    ways,
)
from wayfinder.web.phone.contacts import dial
from wayfinder.web.phone.icons import draw_icon, draw_symbol
from wayfinder.web.phone.page import render_problem
from wayfinder.web.phone.scripts import write_script_links

__all__ = ["make_blueprint", "render_problem"]


def make_blueprint() -> Blueprint:
    """Make the pages; `create_app` hangs them into the application."""
    blueprint = Blueprint("phone", __name__, template_folder="templates")
    for pages in (home, signs, search, places, ways, errands, pictures, offline, report):
        pages.register(blueprint)
    blueprint.add_app_template_global(draw_icon, "icon")
    blueprint.add_app_template_global(draw_symbol, "symbol")
    blueprint.add_app_template_global(write_script_links, "script_links")
    blueprint.add_app_template_global(dial, "dial")
    blueprint.add_app_template_global(name_language, "name_language")
    return blueprint
