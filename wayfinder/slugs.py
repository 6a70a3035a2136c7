"""Names of venues and organisations in addresses: also those of folders and files."""

import re

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def is_slug(text: str) -> bool:
    """Tell whether a text is one: small letters, digits and dashes, of a label of a domain."""
    return _SLUG.fullmatch(text) is not None
