"""People with keys, texts that two of them have approved, a folder, and clocks to turn."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wayfinder.services.fire.envelope import encode_key, sign
from wayfinder.services.fire.folder import KEYRING, write_texts
from wayfinder.services.fire.keyring import (
    APPROVE,
    END,
    RIGHTS,
    TRIGGER,
    Keyring,
    Signer,
    write_keyring,
)
from wayfinder.services.fire.texts import check_zones, make_payload
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.venues import Venues

VENUE = "clinic"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RIGHTS_OF = {
    "Li": RIGHTS,
    "Wang": RIGHTS,
    "Zhao": (APPROVE, END),
    "Panel": (TRIGGER,),
}


def make_zone(zone: str = "A", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    """Make the document of a zone."""
    return {
        "id": zone,
        "name": {"zh-Hans": f"{zone} 楼", "en": f"Building {zone}"},
        "buildings": ["*"],
        "levels": [],
        "texts": {
            "zh-Hans": {
                "title": f"{zone} 楼火警",
                "lines": ["请听从工作人员指挥，从最近的安全出口离开。", "不要乘电梯。"],
            },
            "en": {
                "title": f"Fire alarm in Building {zone}",
                "lines": ["Follow the staff to the nearest exit.", "Do not use the lifts."],
            },
        },
        **changes,
    }


@dataclass
class Clocks:
    """A wall clock and a steady one."""

    now: datetime = NOON
    steady_s: float = 1000.0

    def get_now(self) -> datetime:
        return self.now

    def get_steady_s(self) -> float:
        return self.steady_s

    def pass_by(self, span: timedelta) -> None:
        """Let time go by on both."""
        self.now += span
        self.steady_s += span.total_seconds()


@dataclass
class People:
    """A hospital that is ready for a fire."""

    folder: Path
    venue: str = VENUE
    clocks: Clocks = field(default_factory=Clocks)
    keys: dict[str, Ed25519PrivateKey] = field(default_factory=dict)

    def write(self, *, zones: list[dict[str, Any]] | None = None) -> None:
        """Write the keyring and approved texts."""
        self.keys = {name: Ed25519PrivateKey.generate() for name in (*RIGHTS_OF, "Stranger")}
        signers = tuple(
            Signer(name, encode_key(self.keys[name].public_key()), rights)
            for name, rights in RIGHTS_OF.items()
        )
        write_keyring(self.folder / KEYRING, Keyring(signers))
        self.write_texts(1, zones or [make_zone()])

    def write_texts(
        self,
        number: int,
        zones: list[dict[str, Any]],
        by: tuple[str, ...] = ("Li", "Wang"),
    ) -> Path:
        """Write texts that some have signed."""
        payload = make_payload(self.venue, number, check_zones({"zones": zones}))
        signed = sign(payload, self.keys[by[0]])
        for name in by[1:]:
            signed = signed.signed(self.keys[name])
        return write_texts(self.folder / self.venue, number, signed)

    def watch(self, venues: Venues | None = None) -> FireWatch:
        """Return a process that watches."""
        return FireWatch(
            self.folder,
            venues=venues,
            get_now=self.clocks.get_now,
            get_steady_s=self.clocks.get_steady_s,
        )
