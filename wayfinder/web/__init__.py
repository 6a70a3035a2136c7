"""The faces over HTTP: a folder each, thin; `create_app` is the only wiring."""

from wayfinder.web.app import create_app

__all__ = ["create_app"]
