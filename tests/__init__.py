"""Tests mirror the package; the helpers beside them are imported as `tests.…`."""
