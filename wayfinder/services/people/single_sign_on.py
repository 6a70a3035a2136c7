"""The organisation's own sign-in (OpenID Connect): code flow with PKCE, state and nonce.

Who comes back must be a person here already: by who they are there (issuer and subject), or the
first time by a claim that names them. Nobody is added on the way.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wayfinder.services.people.desk import ENTRY, Desk, StaffError, Visitor, make_secret
from wayfinder.services.people.names import fold_name
from wayfinder.services.people.sessions import Session, open_session
from wayfinder.services.people.sign_in import Entered, complete, tell
from wayfinder.store.people import (
    PersonRecord,
    add_identity,
    find_by_identity,
    find_by_key,
    has_identity,
)
from wayfinder.store.staff_sessions import end_session

TIMEOUT_S = 5.0
"""How long the other server may take to answer (ours)."""
_FRESH_S = 3600.0
"""How long what it says of itself is kept (ours)."""
_LARGEST = 1_000_000
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519")
"""Only with keys of theirs: neither ``none`` nor a signature with the secret that both know."""
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_SCOPES = "openid profile email"
_SKEW_S = 60


@dataclass(frozen=True, slots=True)
class Client:
    """What the organisation's server knows this one as.

    Parameters
    ----------
    issuer
        Address of the organisation's server.
    client_id, client_secret
        As it was registered there.
    claim
        Name of the claim that is a person's name here, at their first sign-in.
    redirect_uri
        Where it sends people back to.
    """

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    redirect_uri: str


@dataclass
class Provider:
    """The organisation's server, with what it says of itself.

    Parameters
    ----------
    client
        What this one is known as there.
    """

    client: Client
    _metadata: Mapping[str, Any] = field(default_factory=dict)
    _read_at: float = -_FRESH_S
    _lock: Lock = field(default_factory=Lock)

    def get_metadata(self) -> Mapping[str, Any]:
        """Return what it says of itself, not older than an hour.

        Raises
        ------
        StaffError
            It does not answer, or says what cannot be.
        """
        with self._lock:
            if time.monotonic() - self._read_at >= _FRESH_S:
                self._metadata = self._read_metadata()
                self._read_at = time.monotonic()
            return self._metadata

    @property
    def issuer(self) -> str:
        """What it calls itself, to the letter."""
        return str(self.get_metadata()["issuer"])

    def get_keys(self) -> KeySet:
        """Return the keys with which it signs now; raises StaffError."""
        try:
            return KeySet.import_key_set(_fetch(self.get_metadata()["jwks_uri"]))  # type: ignore[arg-type]
        except (JoseError, ValueError, TypeError, KeyError):
            raise StaffError("single-away") from None

    def open(self) -> OAuth2Session:
        """Return what speaks to it."""
        secret = self.client.client_secret or None
        return OAuth2Session(
            self.client.client_id,
            secret,
            scope=_SCOPES,
            redirect_uri=self.client.redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method=_choose_method(self.get_metadata(), secret),
            default_timeout=TIMEOUT_S,
        )

    def _read_metadata(self) -> Mapping[str, Any]:
        found = _fetch(get_well_known_url(self.client.issuer, external=True))
        same = str(found.get("issuer", "")).rstrip("/") == self.client.issuer.rstrip("/")
        secure = self.client.issuer.startswith("https://")
        for name in _ENDPOINTS:
            address = found.get(name)
            if not isinstance(address, str) or (secure and not address.startswith("https://")):
                same = False
        if not same:
            raise StaffError("single-away")
        return found


def begin(
    desk: Desk, provider: Provider, visitor: Visitor, *, goal: str = ""
) -> tuple[Entered, str]:
    """Begin a sign-in; return the session for the browser, and where it goes.

    Raises
    ------
    StaffError
        The organisation's server does not answer.
    """
    state, nonce, verifier = make_secret(), make_secret(), secrets.token_urlsafe(48)
    address, _ = provider.open().create_authorization_url(
        provider.get_metadata()["authorization_endpoint"],
        state=state,
        nonce=nonce,
        code_verifier=verifier,
    )
    data = {"state": state, "nonce": nonce, "verifier": verifier, "next": goal}
    with desk.store.write() as connection:
        secret = open_session(
            connection, desk, visitor, person_id=None, stage="started", lasts=ENTRY, data=data
        )
    return Entered(secret, "started"), str(address)


def finish(
    desk: Desk, provider: Provider, session: Session, arguments: Mapping[str, str], visitor: Visitor
) -> Entered:
    """Let in who comes back from the organisation's server.

    Raises
    ------
    StaffError
        ``single-refused``: it did not let them in, or this is no answer to what was asked;
        ``single-unknown``: they are nobody here; ``single-away``: it does not answer.
    """
    with desk.store.write() as connection:
        end_session(connection, session.record.id)  # whatever comes of it: it is good once
    claims = _fetch_claims(desk, provider, session.record.data, arguments)
    with desk.store.write() as connection:
        person = find_by_identity(connection, provider.issuer, claims["sub"])
        if person is None:
            person = _find_named(connection, provider, claims)
            add_identity(connection, person.id, provider.issuer, claims["sub"])
            tell(connection, person, "identity-linked")
        return complete(connection, desk, person, visitor, former=session)


def _find_named(connection: Any, provider: Provider, claims: Mapping[str, Any]) -> PersonRecord:  # noqa: ANN401
    """Return who is called so here and is nobody there yet; raises StaffError."""
    name = claims.get(provider.client.claim)
    verified = provider.client.claim != "email" or claims.get("email_verified") is True
    key = fold_name(name) if isinstance(name, str) and verified else ""
    person = find_by_key(connection, key) if key else None
    if person is None or has_identity(connection, person.id, provider.issuer):
        raise StaffError("single-unknown")
    return person


def _fetch_claims(
    desk: Desk, provider: Provider, kept: Mapping[str, Any], arguments: Mapping[str, str]
) -> Mapping[str, Any]:
    """Return what the organisation's server says of who comes back, once it is proved."""
    state = str(kept.get("state", ""))
    given = arguments.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), given.encode()):
        raise StaffError("single-refused")
    issuer = arguments.get("iss", provider.issuer)  # RFC 9207: against mixed up servers
    if issuer != provider.issuer or "code" not in arguments:
        raise StaffError("single-refused")
    try:
        token = provider.open().fetch_token(
            provider.get_metadata()["token_endpoint"],
            grant_type="authorization_code",
            code=arguments["code"],
            code_verifier=str(kept["verifier"]),
            allow_redirects=False,
        )
    except OAuthError:
        raise StaffError("single-refused") from None
    except (requests.RequestException, ValueError):
        raise StaffError("single-away") from None
    return _check_token(desk, provider, token.get("id_token"), str(kept["nonce"]))


def _check_token(desk: Desk, provider: Provider, token: object, nonce: str) -> Mapping[str, Any]:
    """Return the claims of a token that the organisation's server has signed for this sign-in."""
    if not isinstance(token, str):
        raise StaffError("single-refused")
    try:
        found = jwt.decode(token, provider.get_keys(), algorithms=list(_SIGNATURES))
        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(desk.clock().timestamp()),
            leeway=_SKEW_S,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(found.claims)
    except (JoseError, ValueError):
        raise StaffError("single-refused") from None
    claims = found.claims
    # several audiences, or another who asked: not for us alone (OpenID Connect Core, 3.1.3.7)
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    asked_by = claims.get("azp", None if several else provider.client.client_id)
    if asked_by != provider.client.client_id or not isinstance(claims["sub"], str):
        raise StaffError("single-refused")
    return claims


def _fetch(address: str) -> dict[str, Any]:
    """Fetch a document; raises StaffError where there is none."""
    try:
        with requests.get(address, timeout=TIMEOUT_S, allow_redirects=False, stream=True) as answer:
            if answer.status_code != requests.codes.ok:
                raise StaffError("single-away")
            content = answer.raw.read(_LARGEST + 1, decode_content=True)
        document = {} if len(content) > _LARGEST else json.loads(content)
    except (requests.RequestException, ValueError):
        raise StaffError("single-away") from None
    return document if isinstance(document, dict) else {}


def _choose_method(metadata: Mapping[str, Any], secret: str | None) -> str:
    """Choose how this one shows its secret: as a header where that is taken, else in the body."""
    if secret is None:
        return "none"
    taken = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    basic = "client_secret_basic" in taken or "client_secret_post" not in taken
    return "client_secret_basic" if basic else "client_secret_post"
