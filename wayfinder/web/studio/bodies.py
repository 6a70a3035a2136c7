"""How much may be sent: little, but for the addresses that take files, from who is signed in."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import request

from wayfinder.services.people.sessions import Session
from wayfinder.services.uploads import LIMITS, Kind

_FIELDS_BYTES = 65_536
"""Beside the file: the form's other fields, and what stands between them."""
_ACTION_BYTES = 4 << 20
"""An edit of several thousand features at once: as many values as `parse_offered` takes."""
_MANY_ROWS_BYTES = 1 << 20
"""A form in which each of 20,000 rows may be ticked."""

FILE_BYTES: Mapping[str, int] = MappingProxyType(
    {
        "make_venue": LIMITS[Kind.PLAN].upload_bytes,
        "import_plan": LIMITS[Kind.PLAN].upload_bytes,
        "bring_image": LIMITS[Kind.PICTURE].upload_bytes,
        "bring_sheet": LIMITS[Kind.SHEET].upload_bytes,
    }
)
"""View to the most bytes of the file that its form has."""
MOST_BYTES: Mapping[str, int] = MappingProxyType(
    {
        **{name: most + _FIELDS_BYTES for name, most in FILE_BYTES.items()},
        "take_sheet": _MANY_ROWS_BYTES,
        "prepare_fire_texts": _MANY_ROWS_BYTES,
        "do_draft_action": _ACTION_BYTES,
    }
)
"""View to the most bytes of its body; any other takes what the settings say."""


def allow_body(name: str, session: Session | None) -> None:
    """Let the request that is being answered be as large as its view takes.

    Before its form is looked at: the token of a page is in the form.
    """
    most = MOST_BYTES.get(name)
    if most is None or session is None or not session.is_full:
        return
    request.max_content_length = most
    # of the fields that are no files
    request.max_form_memory_size = _MANY_ROWS_BYTES
    request.max_form_parts = 100
