"""What pages and API accept alike: how many stops, which years."""

MOST_STOPS = 9
"""Destinations of one visit: more is no visit that anybody makes in a day (ours)."""

YEARS = range(2000, 2100)
"""Years that opening hours make sense in."""
