"""Keys of a network tell apart what differs, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from tests.route.networks import BASE
from wayfinder.graph import Network
from wayfinder.kept import keep_with
from wayfinder.route import Router
from wayfinder.route.shelves import NetworkShelf, find_shelf
from wayfinder.shelf import KEY_BYTES, MemoryShelf

Asked = tuple[bytes, bytes, list[bytes]]

_SHORT = st.binary(max_size=3)
_ASKED = st.tuples(_SHORT, _SHORT, st.lists(_SHORT, max_size=3))


@given(_ASKED, _ASKED)
def test_keys_are_equal_where_all_parts_are(one: Asked, other: Asked) -> None:
    shelf = MemoryShelf()
    keys = [NetworkShelf(shelf, name).make_key(kind, *parts) for name, kind, parts in (one, other)]
    assert (keys[0] == keys[1]) == (one == other)
    assert {len(key) for key in keys} == {KEY_BYTES}


def test_a_network_keeps_the_shelf_that_it_was_lent_first() -> None:
    network, shelf = _copy(BASE), MemoryShelf()
    Router(network, "sha256:one", shelf=shelf)
    Router(network, "sha256:one", shelf=MemoryShelf())
    key = find_shelf(network).make_key(b"kind")
    find_shelf(network).put(key, b"value")
    assert shelf.get(key) == b"value"


def test_networks_that_nobody_lent_one_have_their_own() -> None:
    one, other = _copy(BASE), _copy(BASE)
    key = find_shelf(one).make_key(b"kind")
    find_shelf(one).put(key, b"value")
    assert find_shelf(one).get(key) == b"value"
    assert find_shelf(other).get(key) is None


def _copy(network: Network) -> Network:
    """Return the same network without what is kept with it."""
    copied = network.without_parts()
    assert keep_with(copied, "test", object) is not keep_with(network, "test", object)
    return copied
