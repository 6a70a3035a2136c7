"""What is printed on walls must lead everybody there, for years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfinder.model.sign_codes import COUNT, make_code
from wayfinder.services.base_address import (
    check_base_address,
    find_base_address,
    is_local,
    make_sign_address,
)
from wayfinder.settings import Settings
from wayfinder.store import InvalidError

ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
"""Characters of a QR code's alphanumeric mode (ISO/IEC 18004)."""


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://way.example.org", "https://way.example.org"),
        (" HTTPS://Way.Example.ORG:443/ ", "https://way.example.org"),
        ("https://way.example.org.", "https://way.example.org"),
        ("https://way.example.org:8443", "https://way.example.org:8443"),
        ("https://xn--fiq228c.example.com", "https://xn--fiq228c.example.com"),
        ("https://1.1.1.1", "https://1.1.1.1"),
        ("https://[2606:4700::1111]:444", "https://[2606:4700::1111]:444"),
        ("https://localhost.example.org", "https://localhost.example.org"),
    ],
)
def test_a_public_address_is_taken(given: str, clean: str) -> None:
    assert check_base_address(given) == clean
    assert check_base_address(clean) == clean


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST.", "way.localhost", "hospital", "way.local", "way.internal"),
        *("way.lan", "router.home.arpa", "way.corp", "way.test", "way.invalid", "home.arpa"),
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.20", "169.254.1.1", "0.0.0.1"),
        *("100.64.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255"),
        *("127.1", "2130706433", "0x7f.1", "0x7f000001", "010.0.0.1", "1.2.3"),
        *("[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]"),
        *("[::ffff:192.168.1.1]", "[::ffff:127.0.0.1]", "[2001:db8::1]", "[2002:a00:1::1]"),
    ],
)
def test_what_only_some_computers_reach_is_refused(host: str) -> None:
    with pytest.raises(InvalidError) as caught:
        check_base_address(f"https://{host}")
    assert caught.value.code == "base-address-local"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://way.example.org", "base-address-http"),
        ("ftp://way.example.org", "base-address-http"),
        ("HTTP://10.0.0.1", "base-address-http"),
        ("way.example.org", "base-address-bad"),
        ("", "base-address-bad"),
        ("https://", "base-address-bad"),
        ("https:///s", "base-address-bad"),
        ("https://way.example.org/signs", "base-address-bad"),
        ("https://way.example.org?x=1", "base-address-bad"),
        ("https://way.example.org#x", "base-address-bad"),
        ("https://me:secret@way.example.org", "base-address-bad"),
        ("https://@way.example.org", "base-address-bad"),
        ("https://way.example.org:port", "base-address-bad"),
        ("https://way.example.org:99999", "base-address-bad"),
        ("https://way..example.org", "base-address-bad"),
        ("https://-way.example.org", "base-address-bad"),
        ("https://way_1.example.org", "base-address-bad"),
        ("https://医院.example.org", "base-address-bad"),
        ("https://way.example.org%00.cn", "base-address-bad"),
        ("https://[fe80::1%25eth0]", "base-address-bad"),
        ("https://[::1", "base-address-bad"),
        (f"https://{'a.' * 130}org", "base-address-bad"),
    ],
)
def test_what_is_no_address_of_a_server_is_refused(address: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        check_base_address(address)
    assert caught.value.code == code


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z0-9.:\[\]@/-]{1,40}", fullmatch=True))
def test_any_text_is_refused_or_safe(text: str) -> None:
    try:
        checked = check_base_address(text)
    except InvalidError:
        return
    assert checked == check_base_address(checked)
    assert checked.startswith("https://")
    assert checked.isascii()
    host = checked.removeprefix("https://").rpartition("]")[0].strip("[") or checked[8:]
    assert not is_local(host.partition(":")[0] if "[" not in checked else host)


def test_what_whoever_prints_names_goes_before_the_settings() -> None:
    named = Settings(base_url="https://way.example.org")
    assert find_base_address(None, named) == "https://way.example.org"
    assert find_base_address("https://other.example.org/", named) == "https://other.example.org"
    assert find_base_address("", Settings()) is None
    with pytest.raises(InvalidError, match="base-address-local"):
        find_base_address(None, Settings(base_url="https://localhost"))


@given(st.integers(0, COUNT - 1))
def test_the_code_holds_what_stands_beneath_it(number: int) -> None:
    code = make_code(number)
    address = make_sign_address("https://way.example.org:8443", f"{code[:3]} {code[3:]}".lower())
    assert address.code == code
    assert address.text == f"way.example.org:8443/S/{code}"
    assert address.url == f"https://{address.text}".upper()
    assert set(address.url) <= ALPHANUMERIC


def test_neither_a_bad_code_nor_a_bad_base_is_printed() -> None:
    with pytest.raises(InvalidError, match="no-code"):
        make_sign_address("https://way.example.org", "AAAAAAB")
    with pytest.raises(InvalidError, match="base-address-http"):
        make_sign_address("http://way.example.org", make_code(1))
