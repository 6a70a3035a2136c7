"""The documents about fires."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from wayfinder.web.api.documents import Document, Fire, FireText, Names


class DisplayFire(Fire):
    """A fire as a display shows it."""

    here: bool | None = Field(
        description="Whether the display hangs in an affected building: it shows the texts of "
        "`zones` and nothing else. If not, `zones` are all that are on fire; likewise with null, "
        "where the plan in force does not have the display: it knows what concerned it."
    )


class FireAnswer(Document):
    """Whether there is a fire."""

    fire: Fire | None
    triggers: list[str] = Field(description="Ids of the messages in force: an end names them.")
    ends: list[str] = Field(
        description="Ids of the ends that wait for a second person, the newest last."
    )


class FireZoneTexts(Document):
    """A zone with its texts, kept for the day of a fire."""

    name: Names
    here: bool = Field(description="Whether the display hangs in one of its buildings.")
    texts: dict[str, FireText]


class DisplayFireTexts(Document):
    """What a display keeps for the day of a fire."""

    zones: dict[str, FireZoneTexts] = Field(description="Id of a zone to its texts.")


_Base64 = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9:+/_=-]+$")]


class FireSignature(Document):
    """Who has signed."""

    model_config = ConfigDict(strict=True)

    key: _Base64 = Field(description="Public key: `ed25519:` and base64 for addresses.")
    signature: _Base64 = Field(description="64 bytes in base64.")


class SignedMessage(Document):
    """A message about a fire, signed by whoever sends it."""

    model_config = ConfigDict(strict=True)

    payload: Annotated[str, Field(min_length=2, max_length=20_000, pattern=r"^[^\u0000]+$")] = (
        Field(description="JSON text, signed as it stands: see the documentation of fires.")
    )
    signatures: Annotated[list[FireSignature], Field(min_length=1, max_length=8)]


class FireTaken(Document):
    """A message that is believed."""

    id: str = Field(description="SHA-256 of what was signed; an end names triggers by it.")
    kind: Literal["trigger", "end", "confirm"]
    fire: Fire | None = Field(description="What is shown from now on.")
