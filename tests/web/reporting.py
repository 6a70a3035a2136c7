"""A screen that enrols with a server and reports to it."""

import json

from tests.serving import Answer, Server
from wayfinder.services import displays


def enrol(server: Server, made: displays.Enrolment) -> str:
    """Hand in the code of a screen, and return its token."""
    asked = {"display": made.display, "code": made.code}
    return str(json.loads(post(server, "/api/v1/displays/enrol", asked).body)["token"])


def report(server: Server, display: str, token: str) -> None:
    """Report what a screen shows, as one that is up to date."""
    now = json.loads(server.get(f"/api/v1/displays/{display}/now").body)
    said = {
        "release": now["release"]["hash"],
        "conditions": now["version"],
        "program": "1.0",
        "uptime_s": 1,
        "errors": 0,
    }
    answer = post(server, f"/api/v1/displays/{display}/report", said, token)
    assert answer.status == 200, answer.body


def post(server: Server, path: str, document: object, token: str = "") -> Answer:
    """Send a document."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    body = json.dumps(document).encode()
    return server.get(path, method="POST", headers=headers, body=body)
