"""Approving texts: one person signs them, a second one signs the same, then they are in force."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wayfinder.services.fire.envelope import Signed, encode_key, sign
from wayfinder.services.fire.errors import FireError, RefusedError
from wayfinder.services.fire.folder import write_texts
from wayfinder.services.fire.keyring import Keyring, Signer
from wayfinder.services.fire.texts import FireTexts, check_zones, make_payload, read_texts
from wayfinder.services.fire.venue_fire import VenueFire


def find_signer(keyring: Keyring, private: Ed25519PrivateKey, right: str, venue: str) -> Signer:
    """Return whose key it is.

    Raises
    ------
    RefusedError
        It is nobody's, or they may not do this in the venue.
    """
    key = encode_key(private.public_key())
    found = next((one for one in keyring.signers if one.key == key), None)
    if found is None:
        raise RefusedError("bad-signature")
    if not found.may(right, venue):
        raise RefusedError("not-allowed")
    return found


def find_pending(fire: VenueFire) -> FireTexts | None:
    """Return the texts that wait for a second person, or None."""
    approved = fire.list_approved()
    number = approved[0].number if approved else 0
    return next((one for one in fire.list_texts() if one.number > number), None)


def find_unsigned(fire: VenueFire, signer: Signer) -> FireTexts | None:
    """Return the texts that somebody may approve: those that wait, else those in force; or None.

    More than two may approve: then the texts stay in force when one of them leaves.
    """
    pending = find_pending(fire)
    if pending is not None:
        return pending
    approved = fire.list_approved()
    return approved[0] if approved and not approved[0].signed.is_signed_by(signer.key) else None


def prepare(fire: VenueFire, document: object, signer: Signer) -> FireTexts:
    """Make what is to be signed of a hospital's texts; the same texts that are there are those.

    Raises
    ------
    FireError
        The texts cannot be used, or are in force already and signed by this signer.
    """
    zones = check_zones(document)
    approved = fire.list_approved()
    if approved and _list_zones(approved[0]) == zones:
        if approved[0].signed.is_signed_by(signer.key):
            raise FireError("in-force", number=approved[0].number)
        return approved[0]
    pending = find_pending(fire)
    if pending is not None and _list_zones(pending) == zones:
        return pending
    last = fire.list_texts()
    number = last[0].number + 1 if last else 1
    return read_texts(_make_unsigned(make_payload(fire.venue, number, zones)), fire.venue)


def approve(fire: VenueFire, texts: FireTexts, private: Ed25519PrivateKey) -> None:
    """Sign texts and keep them.

    Raises
    ------
    FireError
        They cannot be kept.
    """
    write_texts(fire.folder, texts.number, texts.signed.signed(private))


def _list_zones(texts: FireTexts) -> dict[str, Any]:
    return {"zones": texts.signed.document["zones"]}


def _make_unsigned(payload: dict[str, Any]) -> Signed:
    # signed by a key that nobody keeps, to be written as everything that is signed is
    return Signed(sign(payload, Ed25519PrivateKey.generate()).payload, ())
