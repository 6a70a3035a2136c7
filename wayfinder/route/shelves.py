"""What is made of a network's ways, on a shelf under names of that network."""

import marshal
from hashlib import blake2b

from wayfinder.graph import Network
from wayfinder.kept import keep_with
from wayfinder.shelf import KEY_BYTES, MemoryShelf, Shelf


class NetworkShelf:
    """The part of a shelf that belongs to one network.

    Parameters
    ----------
    shelf
        The shelf.
    name
        Tells the network from all others on it.
    """

    def __init__(self, shelf: Shelf, name: bytes) -> None:
        self.get = shelf.get
        self.put = shelf.put
        self._begun = blake2b(name, digest_size=KEY_BYTES)

    def make_key(self, kind: bytes, *parts: bytes) -> bytes:
        """Make a key of what a value is and of all that tells it from others of its kind."""
        digest = self._begun.copy()
        # version 2 writes equal values alike; each with its length, so that none runs into the next
        digest.update(marshal.dumps((kind, parts), 2))
        return digest.digest()


def lend_shelf(network: Network, release: str, shelf: Shelf | None) -> None:
    """Have what is made of a network's ways kept on a shelf, unless it has one.

    Parameters
    ----------
    network
        The network.
    release
        Content hash of its plan; without it nobody else could know what the keys stand for.
    shelf
        The shelf; None is one of its own.
    """

    def make() -> NetworkShelf:
        if shelf is None or not release:
            return NetworkShelf(MemoryShelf(), b"")
        # paths are numbers of nodes: they must be counted alike wherever the shelf is used
        nodes = blake2b("\n".join(network.graph).encode()).digest()
        return NetworkShelf(shelf, release.encode() + nodes)

    keep_with(network, "shelf", make)


def find_shelf(network: Network) -> NetworkShelf:
    """Return the shelf that was lent to a network, else one of its own."""
    return keep_with(network, "shelf", lambda: NetworkShelf(MemoryShelf(), b""))
