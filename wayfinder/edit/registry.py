"""All actions by their kinds."""

from collections.abc import Mapping
from types import MappingProxyType

from wayfinder.edit import properties, restore, vertices
from wayfinder.edit.action import Action

FAMILIES: Mapping[str, tuple[type[Action], ...]] = MappingProxyType(
    {
        "Names and properties": (properties.Rename, properties.SetProperties),
        "Outlines": (vertices.MoveVertices,),
        "Made by the program": (restore.Restore,),
    }
)
"""Actions in the order of the documentation."""

ACTIONS: Mapping[str, type[Action]] = MappingProxyType(
    {action.kind: action for family in FAMILIES.values() for action in family}
)
"""Kind to action."""
