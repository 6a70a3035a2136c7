"""Trees come out of the cache as they went in, whatever they share there."""

from array import array

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.route.networks import BASE, networks, search_on
from wayfinder.graph import Network
from wayfinder.route.exits import Exits
from wayfinder.route.schedule import CALM
from wayfinder.route.tree_cache import TreeCache, TreeKey
from wayfinder.route.trees import Tree

_SIZE = 1_000
_NODES = np.arange(_SIZE, dtype=np.int32)
_EXITS = Exits(_NODES, np.roll(_NODES, 1), _SIZE)


def key_of(root: int, profile: str = "walk") -> TreeKey:
    """Make the key of a tree to one node."""
    return TreeKey((root,), profile, "", frozenset())


def make_tree(numbers: list[int], root: int, typecode: str = "B") -> Tree:
    """Make a tree of the exits to take."""
    return Tree(array(typecode, numbers), _EXITS, frozenset({root}))


@given(networks(), st.sampled_from(("walk", "easy")))
def test_trees_of_a_network_are_kept_as_they_were(network: Network, profile: str) -> None:
    search, cache = search_on(network), TreeCache(2**20)
    roots = range(len(search.table.nodes))
    trees = {root: search.get_tree((root,), profile, CALM) for root in roots}
    for root, tree in trees.items():
        cache.put(key_of(root, profile), tree)
    for root in roots:
        found = cache.find(key_of(root, profile))
        assert found is not None
        assert (found.list_taken(), found.roots) == (trees[root].list_taken(), trees[root].roots)
        for start in roots:
            assert found.reaches(start) == trees[root].reaches(start)
            assert found.list_path(start) == trees[root].list_path(start)


@given(
    st.lists(
        st.dictionaries(st.integers(0, _SIZE - 1), st.integers(1, 255), max_size=120), max_size=12
    ),
    st.sampled_from("BH"),
)
def test_trees_alike_and_unlike_are_kept_as_they_were(
    changes: list[dict[int, int]], typecode: str
) -> None:
    cache = TreeCache(2**20)
    trees = []
    for root, changed in enumerate(changes):
        numbers = [changed.get(place, 0) for place in range(_SIZE)]
        trees.append(make_tree(numbers, root, typecode))
        cache.put(key_of(root), trees[-1])
    found = [cache.find(key_of(root)) for root in range(len(trees))]
    assert [one and one.list_taken() for one in found] == [one.list_taken() for one in trees]


def test_trees_that_are_nearly_alike_take_a_fraction_of_the_room() -> None:
    trees = [make_tree([root, *[0] * (_SIZE - 1)], root) for root in range(200)]
    cache = TreeCache(trees[0].bytes * 120)
    for root, tree in enumerate(trees):
        cache.put(key_of(root), tree)
    assert len(cache) == len(trees)


def test_memory_for_trees_is_bounded() -> None:
    random = np.random.default_rng(3)
    trees = [make_tree(random.integers(0, 255, _SIZE).tolist(), root) for root in range(9)]
    cache = TreeCache(limit_bytes=3 * trees[0].bytes + 2_000)
    for root, tree in enumerate(trees):
        cache.put(key_of(root), tree)
        cache.put(key_of(root), tree)
    assert len(cache) == 3
    assert cache.find(key_of(0)) is None
    newest = cache.find(key_of(8))
    assert newest is not None
    assert newest.list_taken() == trees[8].list_taken()


def test_room_of_dropped_trees_is_free_again() -> None:
    random = np.random.default_rng(3)
    trees = [make_tree(random.integers(0, 255, _SIZE).tolist(), 0) for _ in range(40)]
    cache = TreeCache(limit_bytes=6 * trees[0].bytes)
    for tree in trees:
        cache.put(key_of(0), tree)  # the same place again and again
    alike = [make_tree([0] * _SIZE, root) for root in range(4)]
    for root, tree in enumerate(alike, start=1):
        cache.put(key_of(root), tree)
    assert all(cache.find(key_of(root)) for root in range(5))


def test_the_newest_tree_is_kept_whatever_its_size() -> None:
    cache = TreeCache(limit_bytes=1)
    tree = search_on(BASE).get_tree((0,), "walk", CALM)
    cache.put(key_of(0), tree)
    found = cache.find(key_of(0))
    assert found is not None
    assert found.list_taken() == tree.list_taken()


def test_those_most_asked_for_come_first() -> None:
    cache = TreeCache(2**20)
    for root in (0, 1, 1, 2, 1, 2):
        cache.find(key_of(root))
    assert [roots for roots, _, _ in cache.list_most_used(2)] == [(1,), (2,)]
