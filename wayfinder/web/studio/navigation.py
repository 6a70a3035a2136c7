"""What the navigation leads to, in the order of use: what is daily before what is rare."""

from collections.abc import Callable
from dataclasses import dataclass

from wayfinder.services.feedback import inbox
from wayfinder.store import StoreError
from wayfinder.web.studio.room import Visit, get_room


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page that navigation leads to; who may not use it does not see it.

    Parameters
    ----------
    endpoint
        The view, a key of `access.NEEDS`; its words are ``studio.nav.<endpoint>``.
    icon
        Name of its icon.
    also
        Further views at which it is marked as where one is.
    count
        Counts what is new there for who asks, or None: nothing is counted.
    """

    endpoint: str
    icon: str
    also: tuple[str, ...] = ()
    count: Callable[[Visit], int] | None = None


def _count_unread(visit: Visit) -> int:
    """Count the reports that nobody has looked at; nothing where the store is away."""
    try:
        return inbox.count_unread(get_room().desk.store, visit.get_venue().slug)
    except StoreError:
        return 0


_CONDITIONS = (
    "show_condition",
    "show_closing",
    "choose_closing",
    "show_closing_map",
    "add_notice",
    "add_hours",
    "list_sets",
    "show_set",
)
_SIGNS = (
    *("show_sign", "list_batches", "show_batch", "make_batch", "show_wrong_signs"),
    *("show_detours", "show_sign_audit", "show_sign_plan", "take_sign_plan", "set_sign_states"),
)
_DRAFTS = ("show_draft", "edit_draft", "show_images", "show_publish")
_RELEASES = ("show_release", "confirm_restore", "restore_release", "compare_releases")

VENUE_PAGES: tuple[NavigationItem, ...] = (
    NavigationItem("show_venue", "map"),
    NavigationItem("list_conditions", "closed", _CONDITIONS),
    NavigationItem("list_feedback", "inbox", ("show_report",), _count_unread),
    NavigationItem("list_drafts", "draft", _DRAFTS),
    NavigationItem("show_directory", "list", ("show_sheet", "show_sheet_publish")),
    NavigationItem("list_releases", "release", _RELEASES),
    NavigationItem("list_signs", "sign", _SIGNS),
    NavigationItem("list_displays", "screen", ("show_display", "enrol_display")),
    NavigationItem("show_figures", "chart"),
    NavigationItem("bring_plan", "upload", ("show_import",)),
    NavigationItem("show_fire", "flame", ("edit_fire_texts", "prepare_fire_texts")),
)
"""Pages of one venue."""
ORGANISATION_PAGES: tuple[NavigationItem, ...] = (
    NavigationItem("list_people", "people", ("show_person", "add_person", "reset_person")),
    NavigationItem("list_audit", "log"),
    NavigationItem("list_tokens", "key", ("make_token",)),
)
"""Pages of one organisation."""
