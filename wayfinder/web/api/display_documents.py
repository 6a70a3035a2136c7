"""The documents about displays."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from wayfinder.web.api.documents import Document, Names, Release


class DisplayNotice(Document):
    """Something that everybody before a display should read."""

    id: str
    text: Names
    feature: str | None
    from_: datetime | None = Field(alias="from")
    until: datetime | None


class DisplayNow(Document):
    """What holds for a display: small, to be asked for every few seconds."""

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
    confirmed: bool = Field(
        description="Whether the database confirmed lately that this is the newest."
    )
