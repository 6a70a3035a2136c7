"""The studio: where staff work. HTML first; every address says who may use it."""

from wayfinder.web.studio.blueprint import make_blueprint, render_problem

__all__ = ["make_blueprint", "render_problem"]
