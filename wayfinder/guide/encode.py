"""The answer as bytes, put together from what was encoded before.

The same document as `wayfinder.guide.answer.make_answer`, for those who answer thousands of
questions: what belongs to a run, its steps and its lines, is encoded once.
"""

from wayfinder.graph.network import Network
from wayfinder.guide.answer import make_header
from wayfinder.guide.legs import encode_legs
from wayfinder.guide.pieces import dump, list_pieces
from wayfinder.route.journey import Journey


def encode_answer(
    network: Network, journey: Journey, language: str, *, facing_deg: float | None = None
) -> bytes:
    """Encode the JSON document of a journey as UTF-8.

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
    pieces = list_pieces(network, journey, language, facing_deg)
    arrivals: list[bool] = []
    for piece in pieces:
        arrivals += [*[False] * (piece.size - 1), piece.arrives][: piece.size]
    head = dump(make_header(network, journey, arrivals, language))
    steps = b",".join([piece.steps for piece in pieces])
    legs = encode_legs(network, journey, [line for piece in pieces for line in piece.lines])
    return b'%s,"legs":[%s],"steps":[%s]}' % (head[:-1], legs, steps)
