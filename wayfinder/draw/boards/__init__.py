"""Draws direction boards: the same letters, arrows and symbols as on signs, in pages that turn."""
