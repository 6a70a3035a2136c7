"""What OSM tags mean in IMDF's categories (OGC 20-094, Categories)."""

from dataclasses import dataclass

from wayfinder.formats.osm.elements import Tags
from wayfinder.formats.osm.values import is_true

_ROOMS = {
    **dict.fromkeys(("stairs", "staircase", "stairwell"), "stairs"),
    **dict.fromkeys(("elevator", "lift"), "elevator"),
    "escalator": "escalator",
    **dict.fromkeys(("toilet", "toilets", "wc", "restroom"), "restroom"),
    **dict.fromkeys(("shower", "showers", "bathroom"), "shower"),
    **dict.fromkeys(("corridor", "hallway", "passage"), "walkway"),
    **dict.fromkeys(("lobby", "entrance", "entrance_hall", "hall", "foyer", "reception"), "lobby"),
    **dict.fromkeys(("waiting", "waiting_room", "waiting_area"), "waitingroom"),
    **dict.fromkeys(("office", "administration", "nurses_station"), "office"),
    **dict.fromkeys(("class", "classroom", "seminar"), "classroom"),
    **dict.fromkeys(("lecture", "auditorium"), "auditorium"),
    **dict.fromkeys(("laboratory", "lab"), "laboratory"),
    **dict.fromkeys(("kitchen", "kitchenette"), "kitchen"),
    **dict.fromkeys(("restaurant", "canteen", "cafeteria", "cafe", "dining"), "foodservice"),
    **dict.fromkeys(("storage", "storage_rack", "cellar", "archive", "warehouse"), "storage"),
    **dict.fromkeys(("technical", "electrical", "mechanical", "utility", "machine"), "nonpublic"),
    **dict.fromkeys(("security_check", "janitor", "cleaning", "laundry"), "nonpublic"),
    "server": "serverroom",
    **dict.fromkeys(("conference", "meeting"), "conferenceroom"),
    **dict.fromkeys(("lounge", "common", "recreation_room", "staff"), "lounge"),
    **dict.fromkeys(("gym", "fitness", "physiotherapy"), "fitnessroom"),
    **dict.fromkeys(("first_aid", "emergency"), "firstaid"),
    **dict.fromkeys(("library", "theater", "platform", "terrace", "parking"), ""),
    **dict.fromkeys(("balcony", "roof_terrace"), "terrace"),
    **dict.fromkeys(("cinema", "movietheater"), "movietheater"),
    **dict.fromkeys(("sport", "sports_hall", "play"), "recreation"),
    **dict.fromkeys(("nursing", "baby"), "mothersroom"),
    **dict.fromkeys(("void", "atrium_void"), "opentobelow"),
    **dict.fromkeys(("shaft", "duct"), "structure"),
    "smoking": "smokingarea",
    "mailroom": "mailroom",
    "phone": "phoneroom",
}
_AMENITY_ROOMS = {
    **dict.fromkeys(("restaurant", "cafe", "fast_food", "food_court", "bar", "pub"), "foodservice"),
    **dict.fromkeys(("ice_cream", "canteen", "biergarten"), "foodservice"),
    "toilets": "restroom",
    "shower": "shower",
    "waiting_room": "waitingroom",
    "library": "library",
    "theatre": "theater",
    "cinema": "movietheater",
    "conference_centre": "conferenceroom",
    "smoking_area": "smokingarea",
    **dict.fromkeys(("parking", "bicycle_parking", "motorcycle_parking"), "parking"),
}
_SOLID = {
    "column": "column",
    "pillar": "column",
    "wall": "structure",
    "void": "opentobelow",
    "shaft": "structure",
}
_NEVER_AREAS = frozenset({"level", "window", "no"})
_AREAS_IF_SAID = frozenset({"wall", "door", "pathway"})
_OBJECT_KEYS = (
    "natural",
    "man_made",
    "advertising",
    "barrier",
    "furniture",
    "traffic_sign",
    "power",
)
_OBJECT_AMENITIES = frozenset(
    {
        *("bench", "waste_basket", "vending_machine", "atm", "telephone", "recycling", "clock"),
        *("drinking_water", "fountain", "post_box", "charging_station", "ticket_validator"),
        *("photo_booth", "parcel_locker", "table", "lounger", "payment_terminal", "locker"),
    }
)
_BUSINESS_KEYS = ("shop", "office", "healthcare", "craft", "club")
_BUSINESS_AMENITIES = frozenset(
    {
        *("restaurant", "cafe", "fast_food", "food_court", "bar", "pub", "ice_cream", "bank"),
        *("pharmacy", "doctors", "dentist", "clinic", "hospital", "veterinary", "post_office"),
        *(
            "library",
            "theatre",
            "cinema",
            "police",
            "place_of_worship",
            "childcare",
            "kindergarten",
        ),
        *("social_facility", "bureau_de_change", "car_rental", "bicycle_rental", "travel_agency"),
        *("school", "college", "university", "community_centre", "arts_centre", "nightclub"),
        *("courthouse", "townhall", "social_centre", "marketplace", "canteen", "studio", "gym"),
    }
)
_WALK_AREAS = frozenset({"footway", "pedestrian", "path", "corridor", "steps"})
_LEGACY_PARTS = {"corridor": "corridor", "hall": "area", "room": "room", "verticalpassage": "room"}


@dataclass(frozen=True, slots=True)
class AreaKind:
    """What an area is.

    Parameters
    ----------
    category
        IMDF unit category.
    open
        Whether it has no walls of its own (True), has them (False), or its category tells (None).
    outdoor
        Whether it lies in the open and needs no level.
    """

    category: str
    open: bool | None = None
    outdoor: bool = False


def find_area_kind(tags: Tags) -> AreaKind | None:
    """Return what a closed outline is, or None where nobody could stand in it."""
    indoor = tags.get("indoor", _LEGACY_PARTS.get(tags.get("buildingpart", ""), ""))
    if indoor in _NEVER_AREAS or ("building" in tags and indoor in {"", "yes"}):
        return None
    if indoor in _AREAS_IF_SAID and tags.get("area") != "yes":
        return None
    if indoor in _SOLID:
        return AreaKind(_SOLID[indoor])
    category = _category(tags, indoor)
    if indoor not in {"", "yes"}:
        return AreaKind(category, _openness(category, indoor))
    return _unsaid_kind(tags, category, indoor)


def _unsaid_kind(tags: Tags, category: str, indoor: str) -> AreaKind | None:
    """Return what an area is that does not say whether it is a room."""
    if _is_walk_area(tags):
        outdoor = not indoor and "level" not in tags and tags.get("covered") != "yes"
        return AreaKind(category, None, outdoor)
    if is_vertical(category):
        return AreaKind(category)
    if (indoor == "yes" and _could_be_room(tags)) or _is_levelled_room(tags):
        # Nothing is said of walls: it counts as a room, which is entered through its doors.
        return AreaKind(category, _openness(category, "room"))
    return None


def is_vertical(category: str) -> bool:
    """Tell whether a unit of this category exists to change floors."""
    return category in {"stairs", "elevator", "escalator"}


def is_escalator(tags: Tags) -> bool:
    """Tell whether steps move."""
    return tags.get("conveying", "no") != "no"


def find_amenity(tags: Tags) -> str | None:
    """Return the IMDF amenity category of a point, or None."""
    for key in ("amenity", "emergency", "tourism", "healthcare"):
        found = _AMENITIES.get((key, tags.get(key, "")))
        if found == "vendingmachine" and "ticket" in tags.get("vending", ""):
            return "ticketing"
        if found == "restroom":
            return restroom(tags)
        if found is not None:
            return found
    return None


def find_occupant(tags: Tags) -> str | None:
    """Return the category of a department, shop or service, or None: OSM's own value of its key.

    IMDF's occupant categories are a list of businesses; a value that OSM has a finer word for
    (``healthcare:speciality``) is kept.
    """
    speciality = tags.get("healthcare:speciality", "").split(";")[0].strip()
    if speciality and ("healthcare" in tags or "amenity" in tags):
        return speciality
    for key in _BUSINESS_KEYS:
        value = tags.get(key, "")
        if value and value not in {"no", "vacant"}:
            return value if value != "yes" else key
    amenity = tags.get("amenity", "")
    return amenity if amenity in _BUSINESS_AMENITIES else None


def restroom(tags: Tags) -> str:
    """Return which toilet it is."""
    male, female = is_true(tags.get("male")), is_true(tags.get("female"))
    kind = "restroom"
    if is_true(tags.get("unisex")) and not (male or female):
        kind = "restroom.unisex"
    elif male != female:
        kind = "restroom.male" if male else "restroom.female"
    fit = "yes" in (tags.get("toilets:wheelchair"), tags.get("wheelchair"))
    only_wheelchair = tags.get("wheelchair") == "designated"
    return f"{kind}.wheelchair" if only_wheelchair or (fit and kind == "restroom.unisex") else kind


_AMENITIES = {
    ("amenity", "toilets"): "restroom",
    ("amenity", "shower"): "shower",
    ("amenity", "vending_machine"): "vendingmachine",
    ("amenity", "atm"): "atm",
    ("amenity", "drinking_water"): "drinkingfountain",
    ("amenity", "water_point"): "drinkingfountain",
    ("amenity", "telephone"): "payphone",
    ("amenity", "bench"): "seating",
    ("amenity", "post_box"): "mailbox",
    ("amenity", "locker"): "coinlocker",
    ("amenity", "luggage_locker"): "coinlocker",
    ("amenity", "charging_station"): "powerchargingstation",
    ("amenity", "device_charging_station"): "powerchargingstation",
    ("amenity", "smoking_area"): "smokingarea",
    ("amenity", "waiting_room"): "seating",
    ("amenity", "reception_desk"): "reception.desk",
    ("amenity", "parking_entrance"): "parking",
    ("amenity", "bicycle_parking"): "parking.bicycle",
    ("amenity", "taxi"): "taxi",
    ("amenity", "photo_booth"): "photobooth",
    ("amenity", "baby_changing"): "babychanging",
    ("amenity", "ticket_validator"): "faregate",
    ("amenity", "copyshop"): "copymachine",
    ("amenity", "prayer_room"): "prayerroom",
    ("amenity", "parcel_locker"): "service",
    ("emergency", "defibrillator"): "defibrillator",
    ("emergency", "fire_extinguisher"): "fireextinguisher",
    ("emergency", "fire_alarm_box"): "firealarmpullstation",
    ("emergency", "first_aid_kit"): "firstaid",
    ("emergency", "phone"): "phone.emergency",
    ("emergency", "assembly_point"): "emergencyshelter",
    ("tourism", "information"): "information",
    ("tourism", "artwork"): "exhibit",
}


def _category(tags: Tags, indoor: str) -> str:
    """Return the IMDF unit category of an area."""
    vertical = _vertical_category(tags, indoor)
    if vertical is not None:
        return vertical
    amenity = tags.get("amenity", "")
    if amenity == "toilets" or is_true(tags.get("toilets")) or indoor in {"toilet", "toilets"}:
        return restroom(tags)
    for value in (tags.get("room", ""), indoor):
        category = _ROOMS.get(value)
        if category is not None:
            return restroom(tags) if category == "restroom" else category or value
    return _general_category(tags, indoor, amenity)


def _general_category(tags: Tags, indoor: str, amenity: str) -> str:
    if amenity in _AMENITY_ROOMS:
        return _AMENITY_ROOMS[amenity]
    corridor = indoor == "corridor" or "corridor" in {tags.get("highway"), tags.get("area:highway")}
    cases = (
        ("platform", "platform" in {tags.get("railway"), tags.get("public_transport")}),
        ("ramp", tags.get("ramp") == "yes" and "stairs" not in tags),
        ("walkway", corridor),
        ("unenclosedarea", indoor == "area"),
        ("footbridge", _is_walk_area(tags) and is_true(tags.get("bridge"))),
        ("walkway", _is_walk_area(tags)),
        ("office", "office" in tags),
    )
    return next((category for category, holds in cases if holds), "room")


def _vertical_category(tags: Tags, indoor: str) -> str | None:
    """Return the category of stairs, escalators and lifts, or None."""
    steps = "steps" in {tags.get("highway"), tags.get("area:highway")}
    if steps or is_true(tags.get("stairs")) or _ROOMS.get(tags.get("room", "")) == "stairs":
        return "escalator" if is_escalator(tags) else "stairs"
    if tags.get("highway") == "elevator" or is_true(tags.get("elevator")):
        return "elevator"
    named = _ROOMS.get(tags.get("room", ""), _ROOMS.get(indoor, ""))
    return named if is_vertical(named) else None


def _openness(category: str, indoor: str) -> bool | None:
    """Tell whether an area has walls, after Simple Indoor Tagging.

    A room has them, an area has none; a corridor's and those of stairs and lifts their category
    tells.
    """
    if is_vertical(category) or indoor == "corridor":
        return None
    return indoor == "area"


def _is_walk_area(tags: Tags) -> bool:
    paved = tags.get("highway") in _WALK_AREAS and tags.get("area") == "yes"
    return paved or tags.get("area:highway") in _WALK_AREAS


def _could_be_room(tags: Tags) -> bool:
    """Tell whether ``indoor=yes`` may be a room, not a thing that stands in one."""
    if any(key in tags for key in _OBJECT_KEYS) or tags.get("amenity") in _OBJECT_AMENITIES:
        return False
    if "highway" in tags or "railway" in tags or tags.get("tourism") in {"artwork", "information"}:
        return False
    bare = set(tags) - {"indoor", "level", "repeat_on", "tactile_paving", "source", "layer"}
    return bool(bare) or "tactile_paving" not in tags


def _is_levelled_room(tags: Tags) -> bool:
    """Tell whether an area without ``indoor`` is a room by its level and its use."""
    if "level" not in tags or "building" in tags or "building:part" in tags:
        return False
    if "platform" in {tags.get("railway"), tags.get("public_transport")} or "room" in tags:
        return True
    return find_occupant(tags) is not None or tags.get("amenity") in {"toilets", "waiting_room"}
