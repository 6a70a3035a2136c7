"""Importing plans as releases, putting them into force, going back."""

from wayfinder.services.releases.history import History, get_history
from wayfinder.services.releases.importing import (
    IMPORTED,
    Imported,
    encode_storable,
    import_plan,
    keep_plan,
)
from wayfinder.services.releases.publishing import (
    PUBLISHED,
    ROLLED_BACK,
    Published,
    publish,
    put_in_force,
    refuse_errors,
    roll_back,
)

__all__ = [
    "IMPORTED",
    "PUBLISHED",
    "ROLLED_BACK",
    "History",
    "Imported",
    "Published",
    "encode_storable",
    "get_history",
    "import_plan",
    "keep_plan",
    "publish",
    "put_in_force",
    "refuse_errors",
    "roll_back",
]
