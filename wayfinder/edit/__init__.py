"""Edits of a plan: actions, pure from plan to plan, each with what undoes it.

``parse_offered(document).apply(plan)`` is an `Edit`: the new plan, the features that differ as they
were and as they are, and ``revert``, the action that goes back. What cannot be is an `EditError`.
"""

from wayfinder.edit.action import Action, Edit, EditNote
from wayfinder.edit.documents import describe_action, parse_action, parse_offered, write_action
from wayfinder.edit.doorways import Sides, find_sides
from wayfinder.edit.errors import EditError, MalformedActionError
from wayfinder.edit.fixes import make_fix
from wayfinder.edit.registry import ACTIONS, FAMILIES
from wayfinder.edit.restore import Restore, read_feature, write_feature

__all__ = [
    "ACTIONS",
    "FAMILIES",
    "Action",
    "Edit",
    "EditError",
    "EditNote",
    "MalformedActionError",
    "Restore",
    "Sides",
    "describe_action",
    "find_sides",
    "make_fix",
    "parse_action",
    "parse_offered",
    "read_feature",
    "write_action",
    "write_feature",
]
