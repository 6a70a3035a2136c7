"""What may be said of a fire: it is triggered, its end is asked for, the end is confirmed."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
    model_validator,
)

from wayfinder.services.fire.envelope import Signed, sign
from wayfinder.services.fire.errors import DamagedFileError
from wayfinder.services.fire.keyring import END, TRIGGER, Keyring

LONGEST = timedelta(hours=24)
"""How long a takeover may be asked for in one message (ours); it can be triggered again."""
USUAL = timedelta(hours=4)
"""How long it lasts where nothing else is said (ours)."""
CONFIRM_WITHIN = timedelta(hours=1)
"""How long the second person has to confirm an end (ours): a fire may come back meanwhile."""
MOST_ENDED = 200

_Slug = Annotated[str, Field(min_length=1, max_length=80)]
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_ZoneId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]


def _check_instant(value: object) -> object:
    """Let through what is written as an instant: no numbers, which count from somewhere."""
    if not isinstance(value, str) or "T" not in value:
        raise ValueError("is no instant with a zone")
    return value


_Instant = Annotated[AwareDatetime, BeforeValidator(_check_instant)]


class _Message(BaseModel):
    """What every message says.

    ``nonce`` makes two messages differ that say the same at the same moment; ``at`` is the sender's
    clock when it was signed.
    """

    # JSON has no instants: they are read from texts
    model_config = ConfigDict(extra="forbid", frozen=True)

    venue: _Slug
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    at: _Instant
    until: _Instant

    @model_validator(mode="after")
    def _check_span(self) -> "_Message":
        if not timedelta(0) < self.until - self.at <= self.longest():
            raise ValueError("lasts too long, or not at all")
        return self

    def longest(self) -> timedelta:
        """Return how long it may be good."""
        return LONGEST


class Trigger(_Message):
    """Zones are on fire."""

    kind: Literal["trigger"]
    zones: Annotated[tuple[_ZoneId, ...], Field(min_length=1, max_length=60)]


class End(_Message):
    """A first person asks to end what some messages have triggered."""

    kind: Literal["end"]
    ends: Annotated[tuple[_Digest, ...], Field(min_length=1, max_length=MOST_ENDED)]

    def longest(self) -> timedelta:
        """Return how long it may be confirmed."""
        return CONFIRM_WITHIN


class Confirm(_Message):
    """A second person confirms an end."""

    kind: Literal["confirm"]
    confirms: _Digest

    def longest(self) -> timedelta:
        """Return how long it may be delivered."""
        return CONFIRM_WITHIN


Message = Trigger | End | Confirm
RIGHT_OF = {"trigger": TRIGGER, "end": END, "confirm": END}
"""Kind of a message to what its signer must be allowed."""


class _AnyMessage(RootModel[Annotated[Message, Field(discriminator="kind")]]):
    pass


@dataclass(frozen=True, slots=True)
class Statement:
    """A message that is well signed by one who may.

    Parameters
    ----------
    digest
        Names it.
    message
        What it says.
    signer
        Name of who says it.
    key
        Their public key.
    """

    digest: str
    message: Message
    signer: str
    key: str

    def is_of_another_person(self, other: "Statement") -> bool:
        """Tell whether two people say this and that: neither the name nor the key is the same."""
        return self.key != other.key and self.signer.casefold() != other.signer.casefold()


def read_message(signed: Signed) -> Message:
    """Read what a signed text says.

    Raises
    ------
    DamagedFileError
        It is no message.
    """
    try:
        return _AnyMessage.model_validate(signed.document).root
    except (ValidationError, OverflowError):
        raise DamagedFileError("no-message") from None


def find_statement(signed: Signed, message: Message, keyring: Keyring) -> Statement | None:
    """Return a message with who says it, or None where nobody does who might when it was said.

    A message is one person's: of several who have signed none counts.
    """
    if len(signed.signatures) != 1:
        return None
    signers = keyring.list_signers(signed, RIGHT_OF[message.kind], message.venue, message.at)
    if not signers:
        return None
    return Statement(signed.digest, message, signers[0].name, signers[0].key)


def sign_trigger(
    private: Ed25519PrivateKey,
    venue: str,
    zones: tuple[str, ...],
    *,
    lasting: timedelta = USUAL,
    at: datetime | None = None,
) -> Signed:
    """Say that zones are on fire."""
    return sign({**_start("trigger", venue, at, lasting), "zones": list(zones)}, private)


def sign_end(
    private: Ed25519PrivateKey, venue: str, ends: tuple[str, ...], *, at: datetime | None = None
) -> Signed:
    """Ask to end what messages, named by their digests, have triggered."""
    return sign({**_start("end", venue, at, CONFIRM_WITHIN), "ends": list(ends)}, private)


def sign_confirm(
    private: Ed25519PrivateKey, venue: str, confirms: str, *, at: datetime | None = None
) -> Signed:
    """Confirm an end, named by its digest."""
    return sign({**_start("confirm", venue, at, CONFIRM_WITHIN), "confirms": confirms}, private)


def _start(kind: str, venue: str, at: datetime | None, lasting: timedelta) -> dict[str, Any]:
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    return {
        "kind": kind,
        "venue": venue,
        "nonce": secrets.token_hex(16),
        "at": moment.isoformat(),
        "until": (moment + lasting).isoformat(),
    }
