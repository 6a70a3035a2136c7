"""JSON from strangers: what Python reads and a database or page chokes on is refused.

Refused are NaN and infinities (``1e309`` too), numbers of thousands of digits, lone surrogates,
NUL, deep nesting and texts that are not UTF-8. Of repeated members the last one is kept, as most
readers do (RFC 8259), and the repetition is reported.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from wayfinder.formats.errors import UnreadableError
from wayfinder.formats.limits import MAX_JSON_DEPTH, MAX_JSON_VALUES, MAX_NUMBER_CHARACTERS
from wayfinder.model import Issue, Severity

_BOM = b"\xef\xbb\xbf"
# The only way to a lone surrogate or a NUL that a UTF-8 decoder and a strict JSON reader leave.
_SUSPECT_ESCAPE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")


class _BadNumberError(ValueError):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code, self.text = code, text


def count_values(data: bytes) -> int:
    """Return an upper bound of the values in a JSON text, at the speed of a memory scan."""
    return data.count(b",") + data.count(b"[") + data.count(b"{") + 1


def parse_json(data: bytes, name: str) -> tuple[Any, tuple[Issue, ...]]:
    """Read a JSON text.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Its name, for places in errors and issues.

    Returns
    -------
    tuple of the value and issues
        Lists, dicts, texts, finite numbers, booleans and None, at most `MAX_JSON_DEPTH` deep.

    Raises
    ------
    UnreadableError
        It is no JSON, or holds what no store or page could take.
    """
    issues: list[Issue] = []
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        issues.append(Issue("byte-order-mark", Severity.NOTE, {"file": name}))
    if count_values(data) > MAX_JSON_VALUES:
        raise UnreadableError("too-many-values", name, limit=MAX_JSON_VALUES)
    text = _decode(data, name)
    repeated: set[str] = set()
    value = _load(text, name, repeated)
    _check_depth(value, name)
    if _SUSPECT_ESCAPE.search(text):
        _check_texts(value, name)
    issues += [
        Issue("duplicate-member", Severity.WARNING, {"file": name, "member": key})
        for key in sorted(repeated)
    ]
    return value, tuple(issues)


def encode_json(value: object) -> bytes:
    """Write a JSON value on one line in UTF-8, members in their order.

    Raises
    ------
    ValueError
        It holds NaN or an infinity.
    TypeError
        It holds something else that is no JSON.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=_as_dict)
    return text.encode("utf-8")


def _as_dict(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("not-utf8", f"{name}: byte {error.start}") from None


def _load(text: str, name: str, repeated: set[str]) -> Any:  # noqa: ANN401 - any JSON value
    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            repeated.update(key for key in made if counts[key] > 1)
        return made

    try:
        return json.loads(
            text,
            object_pairs_hook=make_object,
            parse_float=_read_float,
            parse_int=_read_int,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        place = f"{name}: line {error.lineno}, column {error.colno}"
        raise UnreadableError("not-json", place, problem=error.msg) from None
    except _BadNumberError as error:
        raise UnreadableError(
            error.code, _find_place(text, error.text, name), number=error.text[:40]
        ) from None
    except RecursionError:
        raise UnreadableError("too-deep", name, limit=MAX_JSON_DEPTH) from None


def _read_float(text: str) -> float:
    if len(text) > MAX_NUMBER_CHARACTERS:
        raise _BadNumberError("number-too-long", text)
    number = float(text)
    if math.isinf(number):
        raise _BadNumberError("number-not-finite", text)
    return number


def _read_int(text: str) -> int:
    if len(text) > MAX_NUMBER_CHARACTERS:
        raise _BadNumberError("number-too-long", text)
    return int(text)


def _refuse_constant(text: str) -> float:
    raise _BadNumberError("number-not-finite", text)


def _find_place(text: str, part: str, name: str) -> str:
    offset = text.find(part)
    line = text.count("\n", 0, offset) + 1
    return f"{name}: line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def _check_depth(value: object, name: str) -> None:
    """Refuse deep nesting level by level, so that no recursion is needed to measure it."""
    layer: list[Any] = [value] if isinstance(value, list | dict) else []
    for _ in range(MAX_JSON_DEPTH):
        layer = [
            item
            for parent in layer
            for item in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(item, list | dict)
        ]
        if not layer:
            return
    raise UnreadableError("too-deep", name, limit=MAX_JSON_DEPTH)


def _check_texts(value: object, name: str) -> None:
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if _UNSTORABLE.search(item):
                raise UnreadableError("unstorable-text", name, text=ascii(item[:40]))
        elif isinstance(item, dict):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
