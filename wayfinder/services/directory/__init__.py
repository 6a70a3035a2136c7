"""The directory of a venue: one box that finds its places."""

from wayfinder.services.directory.directory import Directory
from wayfinder.services.directory.hits import Found, Hit, HitKind, Match, Spot
from wayfinder.services.directory.pinyin import load_dictionaries

__all__ = ["Directory", "Found", "Hit", "HitKind", "Match", "Spot", "load_dictionaries"]
