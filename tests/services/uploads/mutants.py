"""Files broken in every way, always the same ones: as bytes, and within what packs them."""

import bz2
import gzip
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from random import Random
from typing import Any

Break = Callable[[Random, bytes], bytes]

_TOKENS = (
    *(b"1e309", b"-1", b"99999999999999999999", b"NaN", b"null", b"\xff\xfe", b"\x00", b'"', b"'"),
    *(b"[" * 200, b'{"a":' * 50, b"&x;", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"<", b">"),
    *(b"\xed\xa0\x80", b"=1+1", b"\r\n", b"PK\x01\x02", b"endobj", b"stream", b"../../x"),
)
_VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1e308, 10**30, float("nan"), 91.5, "", "\x00", "\ud800", "a" * 5_000),
    *([], [[]], [0, 0], {}, {"en": None}, {"": ""}, "../../x", "unit", "2026-02-30"),
)


def list_mutants(name: str, data: bytes, count: int) -> Iterator[bytes]:
    """Yield mutants; of what has something within, most are broken there."""
    within = _find_within(data)
    for number in range(count):
        random = Random(f"{name} {number}")
        deep = within is not None and random.random() < 0.7
        yield (within if within is not None and deep else mutate)(random, data)


def mutate(random: Random, data: bytes) -> bytes:
    """Break some bytes somewhere."""
    broken = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(broken) + 1)
        length = random.choice((1, 1, 4, 16, 200))
        way = random.randrange(6)
        if way == 0 and at < len(broken):
            broken[at] ^= 1 << random.randrange(8)
        elif way == 1:
            del broken[at : at + length]
        elif way == 2:
            broken[at:at] = broken[at : at + length]
        elif way == 3:
            broken[at : at + random.choice((0, length))] = random.choice(_TOKENS)
        elif way == 4:
            broken[at : at + length] = random.randbytes(length)
        elif random.random() < 0.3:
            del broken[at:]
    return bytes(broken)


def _find_within(data: bytes) -> Break | None:
    return next((way for head, way in _WITHIN.items() if data.startswith(head)), None)


def _mutate_zip(random: Random, data: bytes) -> bytes:
    """Break one file of an archive, and pack it again: what reads it is reached then."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        chosen = random.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _mutate_part(random, content) if name == chosen else content)
    return made.getvalue()


def _mutate_part(random: Random, data: bytes) -> bytes:
    within = _find_within(data) if random.random() < 0.5 else None
    return (within or mutate)(random, data)


def _mutate_json(random: Random, data: bytes) -> bytes:
    """Put something else in the place of some values: it is JSON all the same."""
    document = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        holder: Any = document
        while holder:
            key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            if isinstance(holder[key], dict | list) and holder[key] and random.random() < 0.8:
                holder = holder[key]
                continue
            if random.random() < 0.2:
                del holder[key]
            else:
                holder[key] = deepcopy(random.choice(_VALUES))
            break
    return json.dumps(document).encode("utf-8")


_WITHIN: Mapping[bytes, Break] = {
    b"PK": _mutate_zip,
    b"{": _mutate_json,
    b"\x1f\x8b": lambda random, data: gzip.compress(mutate(random, gzip.decompress(data)), mtime=0),
    b"BZh": lambda random, data: bz2.compress(mutate(random, bz2.decompress(data))),
}
"""How a file is broken within, by how it begins."""
