"""The texts of a venue's zones: written beforehand, in force once two people have signed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from wayfinder.languages import LANGUAGES
from wayfinder.services.fire.envelope import Signed
from wayfinder.services.fire.errors import DamagedFileError, FireError
from wayfinder.services.fire.keyring import APPROVE, Keyring
from wayfinder.services.fire.state import FireText, FireZone

APPROVALS = 2
"""People who must have signed texts."""
MOST_ZONES, MOST_LINES = 60, 6
LONGEST_TITLE, LONGEST_LINE = 40, 140
"""In characters; names of zones are as long as titles."""
ZONE_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
"""What zones may be called, as a regular expression of the whole."""


def _check_text(text: str) -> str:
    if text != text.strip() or not text.isprintable():
        raise ValueError("has spaces at an end, a line break or what cannot be printed")
    return text


_Id = Annotated[str, Field(pattern=f"^{ZONE_ID}$")]
_Reference = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_check_text)]
_Name = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE), AfterValidator(_check_text)]
_Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE), AfterValidator(_check_text)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextDocument(_Document):
    """What is shown in one language: as much as fits on a display in large letters."""

    title: _Name
    lines: Annotated[list[_Line], Field(min_length=1, max_length=MOST_LINES)]


class ZoneDocument(_Document):
    """A zone with its texts."""

    id: _Id
    name: dict[str, _Name]
    buildings: Annotated[list[_Reference], Field(max_length=100)] = []
    levels: Annotated[list[_Reference], Field(max_length=300)] = []
    texts: dict[str, TextDocument]

    @model_validator(mode="after")
    def _check_languages(self) -> "ZoneDocument":
        for language in LANGUAGES:
            if language not in self.texts or language not in self.name:
                raise ValueError(f"zone {self.id} has no name or no text in {language}")
        if not self.buildings and not self.levels:
            raise ValueError(f'zone {self.id} has no buildings and no levels; "*" is all of them')
        return self


class ZonesDocument(_Document):
    """What a hospital writes: all its zones."""

    zones: Annotated[list[ZoneDocument], Field(min_length=1, max_length=MOST_ZONES)]

    @model_validator(mode="after")
    def _check_ids(self) -> "ZonesDocument":
        ids = [zone.id for zone in self.zones]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"zone {twice[0]} is there twice")
        return self


class _Payload(ZonesDocument):
    kind: Literal["texts"]
    venue: _Id
    number: Annotated[int, Field(ge=1, le=1_000_000)]


@dataclass(frozen=True)
class FireTexts:
    """The texts of a venue.

    Parameters
    ----------
    number
        Counts their versions.
    zones
        Id to zone.
    signed
        The payload that they come from, with its signatures.
    """

    number: int
    zones: Mapping[str, FireZone]
    signed: Signed

    def list_approvers(self, keyring: Keyring, venue: str) -> tuple[str, ...]:
        """List the names of who has approved them and may."""
        return tuple(one.name for one in keyring.list_signers(self.signed, APPROVE, venue))

    def is_approved(self, keyring: Keyring, venue: str) -> bool:
        """Tell whether two people have approved them."""
        return len(self.list_approvers(keyring, venue)) >= APPROVALS

    def was_approved(self, keyring: Keyring, venue: str) -> bool:
        """Tell whether two people have approved them, though a key was taken back since."""
        ever = keyring.list_signers(self.signed, APPROVE, venue, datetime.min.replace(tzinfo=UTC))
        return len({one.name.casefold() for one in ever}) >= APPROVALS


def check_zones(document: object) -> dict[str, Any]:
    """Check what a hospital has written, and return it as it is signed.

    Raises
    ------
    FireError
        Something is missing, too long or of the wrong kind; the place is named.
    """
    try:
        return ZonesDocument.model_validate(document).model_dump()
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, problem["loc"])) or "zones"
        said = problem["msg"].removeprefix("Value error, ")
        raise FireError("bad-texts", place=place[:200], problem=said) from None


def make_payload(venue: str, number: int, zones: Mapping[str, Any]) -> dict[str, Any]:
    """Make what is signed of checked zones."""
    return {"kind": "texts", "venue": venue, "number": number, **zones}


def read_texts(signed: Signed, venue: str) -> FireTexts:
    """Read texts; whether anybody has approved them is asked of them.

    Raises
    ------
    DamagedFileError
        They are none, or another venue's.
    """
    try:
        payload = _Payload.model_validate(signed.document)
    except ValidationError:
        raise DamagedFileError("no-texts-file") from None
    if payload.venue != venue:
        raise DamagedFileError("other-venue", venue=payload.venue)
    zones = {zone.id: _make_zone(zone) for zone in payload.zones}
    return FireTexts(payload.number, MappingProxyType(zones), signed)


def _make_zone(document: ZoneDocument) -> FireZone:
    texts = {tag: FireText(text.title, tuple(text.lines)) for tag, text in document.texts.items()}
    return FireZone(
        document.id,
        MappingProxyType(dict(document.name)),
        tuple(document.buildings),
        tuple(document.levels),
        MappingProxyType(texts),
    )
