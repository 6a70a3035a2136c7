"""What the demo needs to try a fire: example texts, approved by two people who do not exist."""

import json
from collections.abc import Iterator
from pathlib import Path

from wayfinder.guide.catalogues import LANGUAGES, translate
from wayfinder.services.fire.envelope import encode_key, sign
from wayfinder.services.fire.folder import KEYRING, write_texts
from wayfinder.services.fire.keyring import (
    APPROVE,
    END,
    TRIGGER,
    Keyring,
    Signer,
    make_private_key,
    write_keyring,
)
from wayfinder.services.fire.texts import check_zones, make_payload
from wayfinder.settings import Settings

_FIRST, _SECOND, _PANEL = "approver-1", "approver-2", "panel"
_SIGNERS = {
    _FIRST: ("演示批准人一 / Demo approver 1", (APPROVE, END)),
    _SECOND: ("演示批准人二 / Demo approver 2", (APPROVE, END)),
    _PANEL: ("演示报警主机 / Demo alarm panel", (TRIGGER,)),
}
"""File of a private key to whose it is, and what they may."""


def prepare(settings: Settings, texts: dict[str, Path]) -> Path:
    """Make keys, and let the first two approve the example texts of each venue.

    Parameters
    ----------
    settings
        Of the demo, whose folder is gone afterwards: so are the keys, which have no passphrase.
    texts
        Slug of a venue to the file of its texts, as ``wayfinder fire approve`` takes them.

    Returns
    -------
    Path
        Folder of the private keys.
    """
    folder = settings.data_dir / "keys"
    folder.mkdir(mode=0o700)
    keys = {name: make_private_key(folder / f"{name}.pem", None) for name in _SIGNERS}
    signers = (
        Signer(who, encode_key(keys[name].public_key()), rights)
        for name, (who, rights) in _SIGNERS.items()
    )
    write_keyring(settings.fire_keys or settings.fire_folder / KEYRING, Keyring(tuple(signers)))
    for slug, file in texts.items():
        zones = check_zones(json.loads(file.read_text("utf-8")))
        signed = sign(make_payload(slug, 1, zones), keys[_FIRST]).signed(keys[_SECOND])
        write_texts(settings.fire_folder / slug, 1, signed)
    return folder


def say_commands(slug: str, zone: str, keys: Path, url: str) -> Iterator[str]:
    """Yield how a fire is announced, and ended by two people."""
    for language in LANGUAGES:
        yield translate(language, "api.demo-fire")
    parts = (("trigger", f" {zone}", _PANEL), ("end", "", _FIRST), ("confirm", "", _SECOND))
    for what, zones, key in parts:
        yield f"  wayfinder fire {what} {slug}{zones} --key {keys / key}.pem --send {url}"
