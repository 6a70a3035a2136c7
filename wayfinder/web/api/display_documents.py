"""The documents about displays."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from wayfinder.web.api.documents import Document, Names, Release
from wayfinder.web.api.fire_documents import DisplayFire
from wayfinder.web.api.parameters import Text


class DisplayNotice(Document):
    """Something that everybody before a display should read."""

    id: str
    text: Names
    feature: str | None
    from_: datetime | None = Field(alias="from")
    until: datetime | None


class DisplayNow(Document):
    """What holds for a display: small, to be asked for every two seconds."""

    id: str = Field(examples=["D3JFJQVQ"])
    kind: Literal["kiosk", "board"]
    venue: str = Field(examples=["qinghe"])
    version: str = Field(description="Changes whenever a way may, by the clock too.")
    release: Release
    conditions: int = Field(description="Counts the changes of what holds today.")
    notices: list[DisplayNotice] = Field(
        description="About the venue as a whole, or about where the display stands."
    )
    closures: dict[str, list[str]] = Field(
        description="By BCP 47 tag what does not go in its building, and what to take instead."
    )
    fire: DisplayFire | None = Field(description="The fire in the venue; null where there is none.")
    confirmed: bool = Field(
        description="Whether the database confirmed lately that this is the newest."
    )


Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


def _read_whole(value: object) -> object:
    """Take 36851.0 for 36851, as JSON Schema does: a counter in a script has no other numbers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Count = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(_read_whole)]


class _Draft(Document):
    """A document that is taken: strictly."""

    model_config = ConfigDict(strict=True)


class DisplayEnrolment(_Draft):
    """What somebody types at a display, once."""

    display: Annotated[Text, Field(description="Id of the display.", examples=["DEH4QRNK"])]
    code: Annotated[
        Text,
        Field(description="Made with `wayfinder display enrol`.", examples=["7KXQ-3M9A"]),
    ]


class DisplayToken(Document):
    """What a display got for it."""

    display: str
    token: str = Field(description="The display's own; it is told this once.")


class DisplayReport(_Draft):
    """What a display says of itself: nothing of anybody who uses it."""

    release: Annotated[str, Field(max_length=100, pattern=r"^[\x20-\x7e]*$")] | None = Field(
        description="`hash` of the release that it has rendered; null: none yet."
    )
    conditions: Annotated[str, Field(max_length=200, pattern=r"^[\x20-\x7e]*$")] = Field(
        description="`version` of what it was told holds, and has rendered; empty: none yet."
    )
    program: Annotated[str, Field(max_length=80, pattern=r"^[\x20-\x7e]*$")] = Field(
        description="Version of the program that it runs."
    )
    uptime_s: Annotated[Count, Field(description="Seconds since it was loaded.")]
    errors: Annotated[Count, Field(description="How many errors it had since then.")]
    remarks: Annotated[
        list[Code],
        Field(max_length=10, description="What the staff should know, by code."),
    ] = Field(default_factory=list)
    plays: Annotated[
        dict[
            Annotated[str, Field(max_length=40, pattern=r"^[\x21-\x7e]+$")],
            Annotated[int, Field(ge=0, le=100_000), BeforeValidator(_read_whole)],
        ],
        Field(
            max_length=100,
            json_schema_extra={"additionalProperties": False},
            description="Id of a notice to how often it was on the screen since the last report "
            "that was answered.",
        ),
    ] = Field(default_factory=dict)


class Reported(Document):
    """The report was taken."""

    again_s: int = Field(description="Seconds until the next one is expected.")


class Reason(Document):
    """Why a display is red, or what else the staff should know."""

    code: str = Field(examples=["silent"])
    text: str


class LastReport(Document):
    """What a display said last."""

    made_at: datetime
    release: str | None
    conditions: int | None
    program: str
    uptime_s: int
    errors: int


class Play(Document):
    """How often a display showed a notice."""

    notice: str
    count: int
    first_at: datetime
    last_at: datetime


class DisplayEntry(Document):
    """A display as the staff watch it."""

    id: str
    venue: str
    kind: Literal["kiosk", "board"]
    name: str = Field(description="What the staff call it; empty: nothing else.")
    ref: str = Field(description="What one says on the telephone.", examples=["K-01"])
    group: str
    feature: str = Field(description="Its id in the plan.")
    place: str = Field(description="Where it stands.")
    floor: str
    building: str
    page: str = Field(description="Address of what it shows.", examples=["/kiosk/DEH4QRNK"])
    state: Literal["green", "red"]
    reasons: list[Reason] = Field(description="Why it is red; none: it is green.")
    remarks: list[Reason] = Field(description="What else it says the staff should know.")
    report: LastReport | None
    plays: list[Play]


class DisplayList(Document):
    """The displays that are up."""

    displays: list[DisplayEntry]
    checked_at: datetime
