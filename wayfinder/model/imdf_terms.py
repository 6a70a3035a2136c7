"""What IMDF 1.0 (OGC 20-094) says of each feature type, as data: `imdf.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class TypeTerms:
    """One feature type.

    Parameters
    ----------
    geometry
        Geometry types it may have; empty where it is unlocated.
    members
        Member of the properties to what it is: text, texts, labels, point, number, boolean,
        object, reference or references.
    references
        Member that holds ids of other features to their type.
    categories
        Categories of the standard; empty where it has none, or where the list is open (occupant).
    """

    geometry: tuple[str, ...]
    members: Mapping[str, str]
    references: Mapping[str, str]
    categories: frozenset[str]


@cache
def load_terms() -> Mapping[str, TypeTerms]:
    """Return the terms by feature type."""
    text = files("wayfinder.model").joinpath("imdf.json").read_text(encoding="utf-8")
    return {
        name: TypeTerms(
            tuple(terms["geometry"]),
            terms["members"],
            terms["references"],
            frozenset(terms.get("categories", ())),
        )
        for name, terms in json.loads(text).items()
    }
