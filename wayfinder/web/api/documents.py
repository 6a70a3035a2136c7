"""The documents that the API answers with: their members are what the OpenAPI document says.

They describe; nothing is validated against them at run time, a test does that with real answers.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Place = Annotated[
    list[float],
    Field(
        min_length=2,
        max_length=2,
        description="Longitude and latitude in degrees.",
        examples=[[116.4, 39.9]],
    ),
]
Names = Annotated[
    dict[str, str],
    Field(description="BCP 47 tag to text.", examples=[{"zh-Hans": "心电图室", "en": "ECG"}]),
]


class Document(BaseModel):
    """A JSON object with these members and no others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class ErrorBody(BaseModel):
    """What is wrong."""

    model_config = ConfigDict(extra="allow")

    code: str = Field(description="Names the error for programs.", examples=["unknown-place"])
    reason: str = Field(description="Says it to people, in the language asked for.")


class Error(Document):
    """Every answer that is not what was asked for."""

    error: ErrorBody


class Venue(Document):
    """A venue in a list."""

    id: str = Field(examples=["qinghe"])
    name: str
    names: Names
    version: str = Field(description="Changes whenever a way may, by the clock too.")


class VenueList(Document):
    """The venues."""

    venues: list[Venue]


class Release(Document):
    """What is in force."""

    number: int
    hash: str = Field(examples=["sha256:…"])


class Building(Document):
    """A building."""

    id: str
    name: str
    names: Names


class Level(Document):
    """A floor."""

    id: str
    name: str
    short_name: str = Field(description="As on the lift's buttons.", examples=["B1"])
    ordinal: float = Field(description="Position in the stack; may be negative or repeated.")
    buildings: list[str]
    map: str = Field(description="Address of its drawing.")


class LevelList(Document):
    """The floors, the lowest first."""

    levels: list[Level]


class VenueDetail(Venue):
    """A venue."""

    time_zone: str = Field(examples=["Asia/Shanghai"])
    release: Release
    languages: list[str]
    profiles: list[str]
    buildings: list[Building]
    levels: list[Level]


class Hit(Document):
    """A place in a list."""

    id: str
    kind: Literal["place", "floor", "building", "sign"]
    name: str
    other_name: str = Field(description="In the other language; empty where it reads the same.")
    matched: str = Field(description="The word that was found, where it is not a name; else empty.")
    category: str
    symbol: str | None
    floor: str
    building: str
    level: str | None
    distance_m: float | None = Field(description="Estimate of the metres from `near`, or null.")
    public: bool


class PlaceList(Document):
    """Places that fit, the best first."""

    places: list[Hit]
    count: int = Field(description="How many fit, those beyond the limit included.")
    nearest: str | None = Field(
        description="`nearest:CATEGORY` where a sort of place was asked for: a destination."
    )
    desk: Hit | None = Field(description="The information desk to ask at where nothing fits.")


class Point(Document):
    """Where something is."""

    level: str
    place: Place


class Opening(Document):
    """Hours of a place."""

    is_open: bool | None = Field(description="Null where nobody knows.")
    changes_at: datetime | None = Field(description="When it closes, or opens again.")
    note: str = Field(description="Both in words.", examples=["Open until 17:30"])
    hours: list[str] = Field(description="Lines in words; empty where none are known.")
    hours_note: str = Field(description="Why and until when these are not the usual ones.")
    closures: list[str] = Field(description="What is closed now or within a week, in words.")


class PlaceDetail(Document):
    """A place: what its page shows."""

    place: Hit
    aliases: list[str]
    about: str
    number: str = Field(description="On its door or bay; empty where there is none.")
    areas: list[str]
    phone: str
    access: str = Field(examples=["public"])
    access_note: str
    step_free: bool | None
    step_free_note: str
    opening: Opening
    notices: list[str]
    point: Point | None
    page: str = Field(description="Address of its page.")


class Named(Document):
    """A feature and what it is called."""

    id: str
    name: str


class End(Named):
    """An end of a way."""

    level: str


class Line(Document):
    """A GeoJSON line."""

    type: Literal["LineString"]
    coordinates: list[Place]


class Leg(Document):
    """All that is walked on one floor."""

    level: str
    ordinal: float | None
    geometry: Line


class Step(Document):
    """One instruction."""

    kind: str
    direction: str | None
    text: str
    level: str
    distance_m: float
    from_: Point = Field(alias="from")
    to: Point
    landmark: Named | None


class Stop(Named):
    """A destination on the way."""

    arrive_s: int = Field(description="Seconds from departure.")
    first_step: int


class Warned(Document):
    """Something to know before setting out."""

    code: str
    features: list[str]
    message: str


class Route(Document):
    """A way: what `wayfinder route --json` prints."""

    from_: End = Field(alias="from")
    to: End
    profile: str
    distance_m: float
    duration_s: int
    duration_range_s: Annotated[list[int], Field(min_length=2, max_length=2)]
    legs: list[Leg]
    steps: list[Step]
    stops: list[Stop]
    verified: bool = Field(description="False where a width was vouched for by a default only.")
    unverified: list[Named]
    release: str
    conditions: str
    warnings: list[Warned]


class Sign(Document):
    """A sign on a wall, or one that was."""

    code: str
    id: str
    ref: str = Field(description="What one says on the telephone.", examples=["A3-07"])
    name: str = Field(description="Where it hangs, or hung last.")
    level: str | None
    floor: str
    place: Place | None
    facing_deg: float | None = Field(
        description="Where its reader looks, degrees clockwise from true north."
    )
    mounting: str | None
    state: Literal["planned", "printed", "mounted", "damaged", "removed"] = Field(
        description="How far it has come, as the staff have noted it."
    )
    since: datetime | None = Field(description="Since when it is so, as far as is known.")
    in_force: bool = Field(description="Whether the plan in force has it.")
    page: str = Field(description="Address of its page.")


class Closed(Document):
    """Something that is closed, or going to be."""

    feature: str
    name: str
    category: str = Field(description="What it is.", examples=["elevator"])
    from_: datetime | None = Field(alias="from")
    until: datetime | None
    reason: str


class OtherHours(Closed):
    """Hours that hold instead of the usual ones."""

    hours: str


class Notice(Document):
    """Something that everybody should read."""

    id: str
    text: str
    feature: str | None
    from_: datetime | None = Field(alias="from")
    until: datetime | None


class FireText(Document):
    """What two people have approved beforehand, in one language."""

    title: str
    lines: list[str] = Field(description="What to do, a sentence each, in this order.")


class FireZone(Document):
    """A part of the venue that is on fire."""

    id: str = Field(description="What the alarm panel calls it.", examples=["A"])
    name: Names
    buildings: list[str] = Field(description="Ids of the buildings that are affected.")
    levels: list[str] = Field(description="Ids of all floors that are affected.")
    texts: dict[str, FireText] = Field(
        description="BCP 47 tag to what is shown; empty where the server has lost it."
    )


class Fire(Document):
    """A fire: in affected buildings these texts are shown and no routes."""

    version: str = Field(description="Changes with everything that is shown.")
    since: datetime
    until: datetime = Field(description="When it is over unless somebody says so before, or again.")
    zones: list[FireZone]


class Now(Document):
    """What holds now: small, to be asked for every few seconds."""

    version: str = Field(description="Changes whenever a way may, by the clock too.")
    release: Release
    closures: list[Closed]
    hours: list[OtherHours]
    notices: list[Notice]
    fire: Fire | None = Field(description="The fire in the venue; null where there is none.")
    confirmed: bool = Field(
        description="Whether the database confirmed lately that this is the newest."
    )


class Package(BaseModel):
    """Finished ways from every sign to a destination, for phones without network."""

    model_config = ConfigDict(extra="allow")

    version: str
    made_at: datetime
    profile: str
    language: str
    to: Named
    texts: list[str]
    levels: list[str]
    floors: list[str]
    lines: list[list[int]]
    steps: list[list[str | int | None]]
    features: list[str]
    signs: dict[str, dict[str, object]]


class Condition(Document):
    """A condition as it is kept."""

    id: int
    kind: Literal["closure", "hours", "notice"]
    features: list[str]
    from_: datetime | None = Field(alias="from")
    until: datetime | None
    text: Names
    hours: str | None
    shown_on: list[str]
    active: bool


class StillClosed(Condition):
    """A closure that somebody else has to end."""

    by: Literal["staff", "set", "system"] = Field(
        description="Whose it is: the staff's, of a set that is on, another system's."
    )


class EndedConditions(Document):
    """Closures that are over, and those that hold all the same."""

    ended: list[Condition]
    still_closed: list[StillClosed]
