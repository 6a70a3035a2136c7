"""A journey becomes typed steps, steps become words."""
