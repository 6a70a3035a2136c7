"""The API: JSON under ``/api/v1``, its OpenAPI document and its documentation."""
