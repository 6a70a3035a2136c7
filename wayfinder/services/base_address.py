"""The public address that signs carry: it is on walls for years, so what cannot last is refused.

It comes from the settings or from whoever prints, never from a request: a request's ``Host`` is
whatever its sender likes.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from wayfinder.model.sign_address import SignAddress
from wayfinder.model.sign_codes import clean_code, is_code
from wayfinder.settings import Settings
from wayfinder.store import InvalidError

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_LONGEST = 253
_LOCAL = (
    *("localhost", "local", "localdomain", "internal", "home.arpa", "test", "invalid", "example"),
    *("onion", "lan", "home", "corp", "intranet", "private"),
)
"""Names that no public server has: RFC 2606, 6761, 6762, 7686, 8375, ICANN's ``internal`` (2024);
the last five are what offices and routers make up."""
_SHOWN = 80


def find_base_address(given: str | None, settings: Settings) -> str | None:
    """Return the address that signs are to carry, or None where nobody has named one.

    Parameters
    ----------
    given
        What whoever prints has named; goes before the settings.
    settings
        ``WAYFINDER_BASE_URL`` is in them; where it is not set no address is made up of host and
        port.

    Raises
    ------
    InvalidError
        It cannot be printed: see `check_base_address`.
    """
    text = (given or "").strip() or settings.base_url
    return check_base_address(text) if text else None


def check_base_address(text: str) -> str:
    """Return an address that may be printed, clean: scheme, host and port, no slash at its end.

    Raises
    ------
    InvalidError
        It is no address, is not https, has more than host and port, or leads to a host that only
        some computers reach: an IP address that is not public, or the name of one.
    """
    shown = text.strip()[:_SHOWN]
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise InvalidError("base-address-bad", address=shown) from None
    if parts.scheme.lower() != "https" and (parts.netloc or "://" in text):
        raise InvalidError("base-address-http", address=shown)
    if not _is_bare(parts) or not host.isascii() or "%" in host:
        raise InvalidError("base-address-bad", address=shown)
    if is_local(host):
        raise InvalidError("base-address-local", address=shown, host=host)
    named = f"[{host}]" if ":" in host else host
    if ":" not in host and not _is_name(host):
        raise InvalidError("base-address-bad", address=shown)
    return f"https://{named}" + (f":{port}" if port not in {None, 443} else "")


def is_local(host: str) -> bool:
    """Tell whether a host, in small letters, is reached from some computers only.

    IP addresses that are not public, in any spelling that a browser takes for one; names of one
    label; names under a domain that the public DNS does not have.
    """
    number = _read_number(host)
    if number is not None:
        inner = number.ipv4_mapped or number.sixtofour if isinstance(number, IPv6Address) else None
        return not (inner or number).is_global or number.is_multicast
    labels = host.split(".")
    # browsers read 127.1 and 0x7f000001 as IP addresses
    if _NUMBER.fullmatch(labels[-1]):
        return True
    return len(labels) < 2 or any(host == one or host.endswith(f".{one}") for one in _LOCAL)


def make_sign_address(base: str, code: str) -> SignAddress:
    """Make the address of a sign.

    Parameters
    ----------
    base
        As `check_base_address` returns it.
    code
        The code; cleaned.

    Raises
    ------
    InvalidError
        The base cannot be printed, or the code is none.
    """
    checked, cleaned = check_base_address(base), clean_code(code)
    if not is_code(cleaned):
        raise InvalidError("no-code", code=code[:_SHOWN])
    text = f"{checked.removeprefix('https://')}/S/{cleaned}"
    return SignAddress(f"HTTPS://{text.upper()}", text, cleaned)


def _read_number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_bare(parts: SplitResult) -> bool:
    """Tell whether there is a host, and nothing but perhaps a port beside it."""
    more = parts.query or parts.fragment or parts.username is not None
    return bool(parts.hostname) and parts.path in {"", "/"} and not more


def _is_name(host: str) -> bool:
    return len(host) <= _LONGEST and all(map(_LABEL.fullmatch, host.split(".")))
