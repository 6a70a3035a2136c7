"""Drafts: plans being drawn by several people at once, kept as logs that lose nothing.

One file a use case. `Desk` is what a process works with; all else is functions of it.
"""

from wayfinder.services.drafts.adding import Appended, Sent
from wayfinder.services.drafts.append import Take, append
from wayfinder.services.drafts.begin import begin_draft, find_begun
from wayfinder.services.drafts.changes import Changes, list_changes
from wayfinder.services.drafts.desk import Desk, Look
from wayfinder.services.drafts.errors import Conflict, MergeError, StaleError, UnfitError
from wayfinder.services.drafts.merge import Side, merge
from wayfinder.services.drafts.open import (
    discard_draft,
    list_drafts,
    list_open_drafts,
    open_draft,
    rename_draft,
    reopen_draft,
)
from wayfinder.services.drafts.publish import (
    DraftPublished,
    DraftScheduled,
    cancel_schedule,
    find_sources,
    list_not_come,
    list_planned,
    publish_draft,
    refuse_outdated,
    refuse_over,
    schedule_draft,
)
from wayfinder.services.drafts.read import DraftPlan, look, read_lines, read_log, read_plan
from wayfinder.services.drafts.undo import Turns, list_own_turns, redo, undo
from wayfinder.services.drafts.ways import DraftWay, Spot, find_draft_way

__all__ = [
    "Appended",
    "Changes",
    "Conflict",
    "Desk",
    "DraftPlan",
    "DraftPublished",
    "DraftScheduled",
    "DraftWay",
    "Look",
    "MergeError",
    "Sent",
    "Side",
    "Spot",
    "StaleError",
    "Take",
    "Turns",
    "UnfitError",
    "append",
    "begin_draft",
    "cancel_schedule",
    "discard_draft",
    "find_begun",
    "find_draft_way",
    "find_sources",
    "list_changes",
    "list_drafts",
    "list_not_come",
    "list_open_drafts",
    "list_own_turns",
    "list_planned",
    "look",
    "merge",
    "open_draft",
    "publish_draft",
    "read_lines",
    "read_log",
    "read_plan",
    "redo",
    "refuse_outdated",
    "refuse_over",
    "rename_draft",
    "reopen_draft",
    "schedule_draft",
    "undo",
]
