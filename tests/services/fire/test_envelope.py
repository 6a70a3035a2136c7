"""Signed texts: what was signed comes back, and nothing else is believed."""

import json
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.services.fire.envelope import (
    Signed,
    decode,
    decode_key,
    encode_key,
    sign,
)
from wayfinder.services.fire.errors import DamagedFileError
from wayfinder.services.fire.keyring import RIGHTS, Keyring, Signer
from wayfinder.services.fire.messages import find_statement, read_message, sign_trigger

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = encode_key(KEY.public_key())
KEYRING = Keyring((Signer("Li", PUBLIC, RIGHTS),))
WHOLE = sign_trigger(KEY, "clinic", ("A",)).encode()
SAID = decode(WHOLE)
MINUTE = timedelta(minutes=1)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


def is_believed(data: bytes) -> bool:
    try:
        signed = decode(data)
        return find_statement(signed, read_message(signed), KEYRING) is not None
    except DamagedFileError:
        return False


def test_what_is_whole_is_believed() -> None:
    assert is_believed(WHOLE)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_byte_changed_is_another_message_or_the_same(index: int, flip: int) -> None:
    data = bytearray(WHOLE)
    data[index] ^= flip
    if is_believed(bytes(data)):  # a space between two members, say
        assert decode(bytes(data)).payload == SAID.payload


@given(st.integers(0, len(WHOLE) - 3))
def test_what_is_cut_short_is_not_believed(length: int) -> None:
    assert not is_believed(WHOLE[:length])


@given(st.binary(max_size=300))
def test_bytes_are_no_message(data: bytes) -> None:
    assert not is_believed(data)


@given(st.text(max_size=300))
def test_another_payload_under_the_same_signature_is_not_believed(payload: str) -> None:
    assert not is_believed(Signed(payload, SAID.signatures).encode()) or payload == SAID.payload


@given(st.dictionaries(st.text(max_size=9), json_values, max_size=5))
def test_what_was_signed_comes_back(document: dict[str, object]) -> None:
    try:
        signed = sign(document, KEY)
        again = decode(signed.encode())
    except (DamagedFileError, UnicodeEncodeError):
        return  # what no store could hold: NUL, lone surrogates
    assert again == signed
    assert again.is_signed_by(PUBLIC)


@given(json_values)
def test_whoever_may_sign_can_still_say_nothing_that_is_no_message(value: object) -> None:
    for document in (value, {"kind": "trigger", "zones": value}, {"kind": value}):
        text = json.dumps(document)
        signed = Signed(text, ()).signed(KEY)
        assert not is_believed(signed.encode())


@given(st.text(max_size=60))
def test_a_text_is_a_key_only_as_keys_are_written(text: str) -> None:
    try:
        key = decode_key(text)
    except DamagedFileError:
        return
    assert encode_key(key) == text


@pytest.mark.parametrize("text", ["", "ed25519:", PUBLIC[8:], PUBLIC + "=", PUBLIC[:-1], "x" * 51])
def test_these_are_no_keys(text: str) -> None:
    with pytest.raises(DamagedFileError):
        decode_key(text)


def test_an_instant_that_no_calendar_has_is_no_message() -> None:
    document = {**SAID.document, "at": "9999-12-31T23:59:59-23:59", "until": "9999-12-31T23:59:59Z"}
    assert not is_believed(sign(document, KEY).encode())
    until = datetime.fromisoformat(SAID.document["until"])
    stamp = int(until.timestamp()) - 60
    assert is_believed(sign({**SAID.document, "at": (until - MINUTE).isoformat()}, KEY).encode())
    naive = (until - MINUTE).replace(tzinfo=None).isoformat()
    for at in ("0001-01-01T00:00:00+23:59", stamp, str(stamp), naive, "now", None):
        assert not is_believed(sign({**SAID.document, "at": at}, KEY).encode())
