"""What is written of each run of an answer: its steps in words and its lines, encoded.

It is put on the network's shelf when the run is first told, in all languages, so that nobody has
to tell it again: neither later nor in another worker.
"""

import json
import marshal
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from wayfinder.graph.network import Network
from wayfinder.guide.answer import make_said_steps
from wayfinder.guide.legs import encode_lines
from wayfinder.guide.memory import recall
from wayfinder.guide.step import Direction, Landmark, Place, Relation, Sight
from wayfinder.guide.telling import Told, begin, list_stretches, make_state_key
from wayfinder.guide.walks import Opening, State
from wayfinder.languages import LANGUAGES
from wayfinder.route.journey import Journey
from wayfinder.route.shelves import find_shelf

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Piece(NamedTuple):
    """What is written of a run.

    Parameters
    ----------
    steps
        Its steps as JSON, with commas between them.
    size
        How many.
    arrives
        Whether the last of them is an arrival at a stop.
    lines
        Its lines as `encode_lines` gives them.
    """

    steps: bytes
    size: int
    arrives: bool
    lines: tuple[tuple[Any, ...], ...]


class _Known(NamedTuple):
    """What the next run and the one before need to know of a run that was told.

    Parameters
    ----------
    opening
        Stands for what is added to the step before.
    after
        Key of what it leaves behind.
    state, added
        Both themselves, as plain values.
    """

    opening: bytes
    after: bytes
    state: tuple[Any, ...]
    added: tuple[Any, ...]


def list_pieces(
    network: Network, journey: Journey, language: str, facing_deg: float | None
) -> list[Piece]:
    """List what is written of each run of a journey.

    Parameters
    ----------
    network
        The network that it was found in.
    journey
        The way found.
    language
        BCP 47 tag of the language of names and words.
    facing_deg
        Where the reader looks at the start, in degrees clockwise from north; None if unknown.
    """
    return list(_Teller(network, journey, facing_deg).write(language))


class _Teller:
    """Tells of a journey, run by run, what nobody has told before."""

    def __init__(self, network: Network, journey: Journey, facing_deg: float | None) -> None:
        self._network = network
        self._shelf = find_shelf(network)
        self._begin = begin(network, journey, facing_deg)
        self._stretches = list(list_stretches(journey))
        self._keys: list[bytes] = []
        self._known: list[_Known] = []
        state_key = make_state_key(self._shelf, self._begin)
        for number, stretch in enumerate(self._stretches):
            key = stretch.make_key(self._shelf, state_key)
            self._keys.append(key)
            found = self._shelf.get(key)
            if found is None:
                found = marshal.dumps(tuple(self._sum_up(self._tell(number))))
                self._shelf.put(key, found)
            known = _Known(*marshal.loads(found))  # noqa: S302 - written by this program
            self._known.append(known)
            state_key = known.after

    def write(self, language: str) -> Iterator[Piece]:
        """Yield what is written of each run."""
        get, make_key, tag = self._shelf.get, self._shelf.make_key, language.encode()
        follows = [*(known.opening for known in self._known[1:]), b""]
        for number, (told, following) in enumerate(zip(self._keys, follows, strict=True)):
            found = get(make_key(b"piece", told, following, tag))
            if found is None:
                found = self._encode(number, following, language)
            yield Piece(*marshal.loads(found))  # noqa: S302 - written by this program

    def _tell(self, number: int) -> Told:
        """Return the steps of a run, remembered for a while."""
        memory = recall(self._network)
        state = self._begin if not number else _read_state(self._known[number - 1].state)
        make = partial(self._stretches[number].tell, self._network, memory, state)
        told: Told = memory.runs.get(self._keys[number], make)
        return told

    def _sum_up(self, told: Told) -> _Known:
        state_key = make_state_key(self._shelf, told.after)
        opening = repr(told.opening.key).encode()
        return _Known(opening, state_key, _write_state(told.after), _write_opening(told.opening))

    def _encode(self, number: int, following: bytes, language: str) -> bytes:
        """Encode the steps of a run in all languages, and return them in one."""
        last = number + 1 == len(self._known)
        opening = Opening() if last else _read_opening(self._known[number + 1].added)
        part = self._tell(number).followed_by(opening)
        lines = () if part.run is None else encode_lines(self._network, part.run.segments)
        arrives = bool(part.steps) and part.steps[-1].stop is not None
        wanted = b""
        for tag in dict.fromkeys((language, *LANGUAGES)):
            said = make_said_steps(self._network, part.steps, tag)
            steps = b",".join(map(dump, said))
            piece = marshal.dumps((steps, len(part.steps), arrives, lines))
            key = self._shelf.make_key(b"piece", self._keys[number], following, tag.encode())
            self._shelf.put(key, piece)
            wanted = wanted or piece
        return wanted


def dump(value: object) -> bytes:
    """Encode JSON values as they stand in answers."""
    return _ENCODER.encode(value).encode()


def _write_state(state: State) -> tuple[Any, ...]:
    at = state.at
    place = None if at is None else (at.level, at.lon, at.lat, at.point)
    return place, state.arriving, state.begins, state.climbed, state.barred


def _read_state(values: Sequence[Any]) -> State:
    place, arriving, begins, climbed, barred = values
    at = None if place is None else Place(*place)
    return State(at, arriving, begins, climbed, barred=barred)


def _write_opening(opening: Opening) -> tuple[Any, ...]:
    then, what = opening.then, opening.towards
    if what is None:
        return _text(then), None
    seen = (what.id, str(what.sight), str(what.relation), dict(what.labels), what.category)
    return _text(then), (*seen, _text(what.side), what.ordinal)


def _read_opening(values: Sequence[Any]) -> Opening:
    then, seen = values
    towards = None
    if seen is not None:
        feature, sight, relation, labels, category, side, ordinal = seen
        kinds = Sight(sight), Relation(relation)
        towards = Landmark(feature, *kinds, labels, category, _direction(side), ordinal)
    return Opening(_direction(then), towards)


def _text(direction: Direction | None) -> str | None:
    return None if direction is None else str(direction)


def _direction(text: str | None) -> Direction | None:
    return None if text is None else Direction(text)
