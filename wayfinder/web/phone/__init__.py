"""The pages that patients use: HTML that works before any script, one file a group of pages."""

from wayfinder.web.phone.blueprint import make_blueprint, render_problem

__all__ = ["make_blueprint", "render_problem"]
