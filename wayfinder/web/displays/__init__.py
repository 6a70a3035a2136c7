"""The faces of displays: kiosks that are touched, boards that are read, one frame for both."""

from wayfinder.web.displays.blueprint import make_blueprint

__all__ = ["make_blueprint"]
