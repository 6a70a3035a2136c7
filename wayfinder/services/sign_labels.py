"""Telling equal names on one face apart: by the building, the floor, what is beside them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from wayfinder.guide.catalogues import translate
from wayfinder.guide.face import FaceLine
from wayfinder.languages import LANGUAGES
from wayfinder.model import Labels, pick_label
from wayfinder.services.directory.hits import Hit
from wayfinder.services.served import Served

_READ: Sequence[Callable[[Hit], str]] = (
    lambda hit: hit.building,
    lambda hit: hit.floor,
    lambda hit: hit.area,
)


def tell_apart(served: Served, lines: Sequence[FaceLine]) -> tuple[FaceLine, ...]:
    """Return the lines of a face, those that would read the same with what tells them apart.

    In each language by itself: the building where those differ, else the floor, else the
    department beside or the number, else how far it is.
    """
    told = list(lines)
    for language in LANGUAGES:
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            alike[pick_label(line.labels, language)].append(number)
        for numbers in alike.values():
            wheres = _find_wheres(served, [lines[number] for number in numbers], language)
            for number, where in zip(numbers, wheres, strict=True):
                told[number] = _add(told[number], language, where)
    return tuple(told)


def _find_wheres(served: Served, lines: Sequence[FaceLine], language: str) -> list[str]:
    """Return what tells lines of one name apart; empty texts where nothing does or need be."""
    if len(lines) < 2:
        return ["" for _ in lines]
    ids = (line.to for line in lines)
    hits = {hit.id: hit for hit in served.directory.make_hits(ids, language=language)}
    far = ["" if line.distance_m is None else f"{line.distance_m:.0f} m" for line in lines]
    ways = [[read(hits[line.to]) for line in lines] for read in _READ]
    return max((*ways, far), key=lambda texts: len(set(texts)))


def _add(line: FaceLine, language: str, where: str) -> FaceLine:
    if not where:
        return line
    name = pick_label(line.labels, language)
    said = translate(language, "face.apart", name=name, where=where)
    labels: Labels = {**line.labels, language: said}
    return replace(line, labels=labels)
