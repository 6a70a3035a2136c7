"""The floor-plan language: immutable features under IMDF names, plans, issues.

Everything here is plain data over Shapely and the standard library; nothing knows of graphs,
pages or stores.
"""

from wayfinder.model.canonical import (
    decode_plan,
    encode_canonical,
    encode_plan,
    hash_plan,
)
from wayfinder.model.conditions import Closure, Conditions, ExceptionalHours, Notice
from wayfinder.model.display import Display, DisplayKind, find_display, list_displays
from wayfinder.model.feature import Access, Feature
from wayfinder.model.frame import Frame
from wayfinder.model.issue import Fix, Issue, Severity
from wayfinder.model.kinds import (
    Address,
    Amenity,
    Anchor,
    Building,
    Detail,
    Fixture,
    Footprint,
    Geofence,
    Kiosk,
    Level,
    Occupant,
    Opening,
    Relationship,
    Section,
    Unit,
    Venue,
    make_feature,
)
from wayfinder.model.labels import Labels, pick_label
from wayfinder.model.plan import Plan
from wayfinder.model.release import Release, Snapshot
from wayfinder.model.sign import Arrow, Message, Sign, find_sign, list_signs

__all__ = [
    "Access",
    "Address",
    "Amenity",
    "Anchor",
    "Arrow",
    "Building",
    "Closure",
    "Conditions",
    "Detail",
    "Display",
    "DisplayKind",
    "ExceptionalHours",
    "Feature",
    "Fix",
    "Fixture",
    "Footprint",
    "Frame",
    "Geofence",
    "Issue",
    "Kiosk",
    "Labels",
    "Level",
    "Message",
    "Notice",
    "Occupant",
    "Opening",
    "Plan",
    "Relationship",
    "Release",
    "Section",
    "Severity",
    "Sign",
    "Snapshot",
    "Unit",
    "Venue",
    "decode_plan",
    "encode_canonical",
    "encode_plan",
    "find_display",
    "find_sign",
    "hash_plan",
    "list_displays",
    "list_signs",
    "make_feature",
    "pick_label",
]
