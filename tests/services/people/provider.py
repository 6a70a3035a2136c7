"""An organisation's own sign-in, for tests: a server that plays it, well or badly."""

import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT_ID, CLIENT_SECRET = "wayfinder", "shared-with-nobody-else"


class Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing of any request."""


@dataclass
class Organisation:
    """What the server does; tests change it to see what happens."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    """What its tokens say beside, or instead of, what they should; None leaves a claim out."""
    metadata: dict[str, Any] = field(default_factory=dict)
    signed_by: Any = None
    """The key of its signatures; None: its own."""
    algorithm: str = "RS256"
    asked: dict[str, str] = field(default_factory=dict)
    """What the last authorization asked."""
    tokens: list[str] = field(default_factory=list)
    now: float = 0

    def give_code(self, address: str) -> dict[str, str]:
        """Let somebody sign in there; return what they bring back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return {"code": "good", "state": self.asked["state"]}

    def make_token(self) -> str:
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": "u-1",
            "iat": int(self.now),
            "exp": int(self.now) + 300,
            "nonce": self.asked["nonce"],
            "preferred_username": "Li An",
            **self.claims,
        }
        header = {"alg": self.algorithm, "kid": "1"}
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, said, self.signed_by or self.key, algorithms=[self.algorithm])


def make_app(organisation: Organisation) -> Flask:
    app = Flask(__name__)

    @app.get("/.well-known/openid-configuration")
    def describe() -> Response:
        url = organisation.url
        metadata = {
            "issuer": url,
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "jwks_uri": f"{url}/keys",
        }
        return jsonify({**metadata, **organisation.metadata})

    @app.get("/keys")
    def show_keys() -> Response:
        return jsonify(KeySet([organisation.key]).as_dict(private=False))

    @app.post("/token")
    def give_token() -> Response:
        form, auth = request.form, request.authorization
        challenge = sha256(form["code_verifier"].encode()).digest()
        proved = urlsafe_b64encode(challenge).rstrip(b"=").decode()
        right = (
            auth is not None
            and (auth.username, auth.password) == (CLIENT_ID, CLIENT_SECRET)
            and form["code"] == "good"
            and organisation.asked["code_challenge_method"] == "S256"
            and organisation.asked["code_challenge"] == proved
            and form["redirect_uri"] == organisation.asked["redirect_uri"]
        )
        if not right:
            answer = jsonify({"error": "invalid_grant"})
            answer.status_code = 400
            return answer
        token = organisation.make_token()
        organisation.tokens.append(token)
        return jsonify({"access_token": "a", "token_type": "Bearer", "id_token": token})

    return app


@contextmanager
def serve(organisation: Organisation) -> Iterator[Organisation]:
    """Run the server."""
    server = make_server(
        "127.0.0.1", 0, make_app(organisation), threaded=True, request_handler=Silent
    )
    organisation.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield organisation
    server.shutdown()
    thread.join()
    server.server_close()


def make_other_key() -> RSAKey:
    """Make a key that the server never showed."""
    return RSAKey.generate_key(2048, {"kid": "1"})
