"""The answer as bytes, put together from what was encoded before.

The same document as `wayfinder.guide.answer.make_answer`, for those who answer thousands of
questions: what belongs to a run, its steps and its lines, is encoded once.
"""

import json
from collections.abc import Sequence
from typing import cast

from wayfinder.graph.network import Network
from wayfinder.guide.answer import make_header, make_said_steps
from wayfinder.guide.legs import encode_legs
from wayfinder.guide.steps import Part
from wayfinder.route.journey import Journey


def encode_answer(
    network: Network, journey: Journey, parts: Sequence[Part], language: str
) -> bytes:
    """Encode the JSON document of a journey as UTF-8.

    Parameters
    ----------
    network
        The network that it was found in.
    journey
        The way found.
    parts
        Its steps by run.
    language
        BCP 47 tag of the language of names and words.
    """
    arrivals = [step.stop is not None for part in parts for step in part.steps]
    head = _dump(make_header(network, journey, arrivals, language))
    steps = b",".join([_encode_steps(network, part, language) for part in parts])
    legs = encode_legs(network, journey, parts)
    return b'%s,"legs":[%s],"steps":[%s]}' % (head[:-1], legs, steps)


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encode_steps(network: Network, part: Part, language: str) -> bytes:
    known = part.made.get(("steps", language))
    if known is None:
        known = b",".join(map(_dump, make_said_steps(network, part.steps, language)))
        part.made["steps", language] = known
    return cast("bytes", known)
