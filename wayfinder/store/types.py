"""Column types that hold and refuse the same on every database.

Probed: SQLite takes a NUL in a text and makes NaN a NULL, PostgreSQL refuses the one and keeps the
other; neither takes a lone surrogate. So all three are refused before a database sees them.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from wayfinder.model import encode_canonical
from wayfinder.store.errors import InvalidError

_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")


def refuse_unstorable(text: str) -> str:
    """Return a text as it is; raises InvalidError where it holds NUL or half a character."""
    if _UNSTORABLE.search(text):
        raise InvalidError("unstorable-text", text=ascii(text[:40]))
    return text


class SafeText(sa.types.TypeDecorator[str]):
    """Text without NUL and lone surrogates."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """Refuse what no database may hold."""
        return None if value is None else refuse_unstorable(value)


class Json(sa.types.TypeDecorator[Any]):
    """A JSON value as canonical text; neither NaN nor infinities, NUL or lone surrogates."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(
        self,
        value: Any,  # noqa: ANN401 - JSON
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """Encode, or refuse what no database may hold."""
        return None if value is None else encode_json(value)

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> Any:  # noqa: ANN401 - JSON
        """Decode."""
        return None if value is None else json.loads(value)


class TextOrJson(sa.types.TypeDecorator[Any]):
    """Text as it is, lists and objects as JSON: for tables of which only the database is left.

    No column of `Json` holds a mere text.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(
        self,
        value: Any,  # noqa: ANN401 - JSON
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """Encode, or refuse what no database may hold."""
        if value is None:
            return None
        return refuse_unstorable(value) if isinstance(value, str) else encode_json(value)


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant; kept and returned in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Turn into UTC; raises InvalidError without a time zone or beyond the calendar."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise InvalidError("no-time-zone", instant=value.isoformat())
        try:
            return value.astimezone(UTC)
        except (OverflowError, ValueError):
            raise InvalidError("beyond-calendar", instant=value.isoformat()) from None

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Say that it is UTC where the database does not."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def encode_json(value: object) -> str:
    """Return a JSON value as canonical text; raises InvalidError for what no database may hold."""
    _refuse_within(value)
    try:
        return encode_canonical(value).decode("utf-8")
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InvalidError("unstorable-json", problem=str(error)) from None


def _refuse_within(value: object) -> None:
    waiting: list[object] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            refuse_unstorable(item)
        elif isinstance(item, list | tuple):
            waiting.extend(item)
        elif hasattr(item, "items"):
            for key, inner in item.items():
                waiting += [key, inner]
