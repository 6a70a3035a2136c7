"""The API: JSON under ``/api/v1``, its OpenAPI document and its documentation."""

from wayfinder.web.api.blueprint import make_blueprint

__all__ = ["make_blueprint"]
