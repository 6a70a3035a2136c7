"""What the page about fires shows is what works."""

import json
import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.services.fire.people import VENUE, People
from tests.services.fire.test_ways import make_zones
from wayfinder.services.fire.envelope import encode_key
from wayfinder.services.fire.texts import check_zones
from wayfinder.services.served import Served
from wayfinder.web.api.fire import OPERATIONS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "fire.md").read_text("utf-8")
PURPOSE = b"wayfinder fire takeover 1\n"


def test_the_texts_on_the_page_can_be_approved_for_the_sample(served_hospital: Served) -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    zones = check_zones(json.loads(shown))["zones"]
    assert [zone.list_missing(served_hospital.plan) for zone in make_zones(*zones)] == [[]]


def test_another_program_signs_by_the_page_alone(people: People) -> None:
    """Nothing of ours but the words of the page: JSON, Ed25519, base64."""
    import base64
    import secrets
    from datetime import timedelta

    private = people.keys["Panel"]
    assert isinstance(private, Ed25519PrivateKey)
    assert PURPOSE.decode().strip() in PAGE
    now = people.clocks.now
    payload = json.dumps(
        {
            "kind": "trigger",
            "venue": VENUE,
            "zones": ["A"],
            "nonce": secrets.token_hex(16),
            "at": now.isoformat(),
            "until": (now + timedelta(hours=1)).isoformat(),
        }
    )
    raw = private.public_key().public_bytes_raw()
    key = "ed25519:" + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    assert key == encode_key(private.public_key())
    signature = base64.b64encode(private.sign(PURPOSE + payload.encode())).decode()
    document = {"payload": payload, "signatures": [{"key": key, "signature": signature}]}
    watch = people.watch()
    watch.take(VENUE, json.dumps(document).encode())
    assert watch.find_alarm(VENUE) is not None


def test_every_cause_of_a_refusal_is_on_the_page() -> None:
    source = Path(__file__).resolve().parents[3] / "wayfinder" / "services" / "fire"
    raised = {
        code
        for path in source.glob("*.py")
        for code in re.findall(r'RefusedError\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    raised |= {"not-allowed", "bad-signature"}
    assert len(raised) >= 12
    assert [code for code in raised if f"`{code}`" not in PAGE] == []
    assert any(one.id == "sendFireMessage" for one in OPERATIONS)
