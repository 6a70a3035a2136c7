"""Profiles, search, and the answer as data: a journey, or an honest refusal."""

from wayfinder.route.journey import Journey, Refusal, RouteWarning, Segment, SegmentKind, Stop
from wayfinder.route.places import find_places
from wayfinder.route.profiles import PROFILES, Profile
from wayfinder.route.router import Router
from wayfinder.route.schedule import find_time_zone

__all__ = [
    "PROFILES",
    "Journey",
    "Profile",
    "Refusal",
    "RouteWarning",
    "Router",
    "Segment",
    "SegmentKind",
    "Stop",
    "find_places",
    "find_time_zone",
]
