"""What is known of a category before any plan is read: its look, its names, what people type.

One JSON file a category in ``data/``, described by ``preset.schema.json``; no code beyond
reading them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from wayfinder.model import Labels, pick_label

__all__ = ["Preset", "find_preset", "list_kinds", "list_presets", "name_category"]


@dataclass(frozen=True, slots=True)
class Preset:
    """What is known of a category.

    Parameters
    ----------
    category
        IMDF category, or one of a hospital's that IMDF lacks.
    feature_types
        IMDF feature types that carry it: ``unit``, ``amenity``, ``occupant``, ``opening``.
    kind
        How it is drawn: a colour of the themes in ``static/map``.
    symbol
        File in ``static/symbols`` without ``.svg``, or None.
    rank
        Whose label is drawn first: 1 before 9.
    name
        Names by language.
    terms
        What people say or type for it, by language: names of places and errands, no illnesses and
        no complaints; those map to departments only through the hospital's own words.
    nearest
        Whether any of them will do, so that people want the nearest: a toilet, but not a clinic.
    apart
        Whether it is not meant where what it is a kind of is asked for: a bay is no car park.
    fields
        What is asked of it first, beside what is asked of all of its feature type: ids of
        `wayfinder.presets.forms`.
    """

    category: str
    feature_types: tuple[str, ...]
    kind: str
    symbol: str | None
    rank: int
    name: Labels
    terms: Mapping[str, tuple[str, ...]]
    nearest: bool = False
    apart: bool = False
    fields: tuple[str, ...] = ()

    def list_words(self) -> tuple[str, ...]:
        """List its names and terms in all languages."""
        return (*self.name.values(), *(word for words in self.terms.values() for word in words))


def list_presets() -> tuple[Preset, ...]:
    """List all presets in the order of their categories."""
    return tuple(_load().values())


def find_preset(category: str) -> Preset | None:
    """Return the preset of a category, else of what it is a kind of, or None.

    ``restroom.unknown`` is drawn as ``restroom``.
    """
    presets = _load()
    name = category
    while name:
        if name in presets:
            return presets[name]
        name = name.rpartition(".")[0]
    return None


def list_kinds(category: str) -> tuple[str, ...]:
    """List a category and all that it is a kind of, down to one that stands apart.

    A ``restroom.male`` is a ``restroom``; a ``parking.bay`` is no ``parking``; a
    ``restroom.male.wheelchair`` is a ``restroom.wheelchair`` too.
    """
    found = [category]
    if category.count(".") > 1 and category.endswith(".wheelchair"):
        found.append(f"{category.partition('.')[0]}.wheelchair")
    while "." in category:
        preset = _load().get(category)
        if preset is not None and preset.apart:
            break
        category = category.rpartition(".")[0]
        found.append(category)
    return tuple(found)


def name_category(category: str, language: str) -> str | None:
    """Return what a category is called in a language, or None where it has no preset."""
    preset = find_preset(category)
    return None if preset is None else pick_label(preset.name, language)


@cache
def _load() -> Mapping[str, Preset]:
    folder = files(__package__) / "data"
    documents = (
        json.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".json")
    )
    presets = sorted(map(_read, documents), key=lambda preset: preset.category)
    return MappingProxyType({preset.category: preset for preset in presets})


def _read(document: Mapping[str, Any]) -> Preset:
    return Preset(
        category=document["category"],
        feature_types=tuple(document["feature_types"]),
        kind=document["kind"],
        symbol=document.get("symbol"),
        rank=document["rank"],
        name=MappingProxyType(document["name"]),
        terms=MappingProxyType(
            {tag: tuple(words) for tag, words in document.get("terms", {}).items()}
        ),
        nearest=document.get("nearest", False),
        apart=document.get("apart", False),
        fields=tuple(document.get("fields", ())),
    )
