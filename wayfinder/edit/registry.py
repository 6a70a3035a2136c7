"""All actions by their kinds."""

from collections.abc import Mapping
from types import MappingProxyType

from wayfinder.edit import (
    batch,
    deletion,
    directory,
    doors,
    fixes,
    levels,
    links,
    merging,
    moving,
    points,
    properties,
    restore,
    site,
    squaring,
    units,
    vertices,
    walls,
    ways,
    zones,
)
from wayfinder.edit.action import Action

FAMILIES: Mapping[str, tuple[type[Action], ...]] = MappingProxyType(
    {
        "Site and floors": (
            site.AddVenue,
            site.AddBuilding,
            site.SetTimeZone,
            levels.AddLevel,
            levels.CopyLevel,
            levels.SetOrdinal,
            levels.FitLevel,
            site.SetBuildings,
        ),
        "Outlines": (
            units.AddUnit,
            units.Reshape,
            vertices.MoveVertices,
            walls.MoveWall,
            squaring.SquareUnit,
            units.SplitUnit,
            merging.MergeUnits,
            units.CutUnit,
            zones.AddArea,
            zones.AddWall,
        ),
        "Doors": (
            doors.AddDoor,
            doors.MoveOpening,
            doors.SetDoorWidth,
            doors.SetOneWay,
            doors.JoinUnits,
        ),
        "Lifts and stairs": (links.StackUnit, links.LinkFloors, links.Unlink, fixes.SetDirection),
        "Places, signs and screens": (
            points.AddAmenity,
            points.AddOccupant,
            points.AddSign,
            points.AddDisplay,
            points.MovePoint,
            points.Turn,
            points.SetMessages,
        ),
        "Zones": (zones.AddSection, zones.CoverUnits, zones.AddGeofence),
        "Ways drawn by hand": (ways.AddWay, ways.Connect, ways.SetWay),
        "Names and properties": (
            properties.Rename,
            properties.SetProperties,
            fixes.SetCategory,
            directory.UpdateDirectory,
        ),
        "Any feature": (moving.Move, deletion.Delete, fixes.SetLevel, fixes.SwapCoordinates),
        "Several at once": (batch.Batch,),
        "Made by the program": (restore.Restore,),
    }
)
"""Actions in the order of the documentation."""

ACTIONS: Mapping[str, type[Action]] = MappingProxyType(
    {action.kind: action for family in FAMILIES.values() for action in family}
)
"""Kind to action."""
