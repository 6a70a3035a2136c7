"""Edges numbered by the node that they leave."""

import numpy as np
import pytest

from wayfinder.route.exits import Exits


def follow(exits: Exits, number: int, node: int) -> int:
    return exits.head[exits.start[node] + number]


@pytest.mark.parametrize(("leaves", "size"), [(3, 1), (254, 1), (255, 2), (70_000, 4)])
def test_a_next_node_is_found_again_however_many_edges_leave_one(leaves: int, size: int) -> None:
    tail = np.concatenate([np.zeros(leaves, np.int32), np.arange(1, leaves + 1, dtype=np.int32)])
    head = np.concatenate([np.arange(1, leaves + 1, dtype=np.int32), np.zeros(leaves, np.int32)])
    exits = Exits(tail, head, leaves + 1)
    onward = np.zeros(leaves + 1, dtype=np.int32)
    onward[0], onward[1] = leaves, -9999  # as SciPy marks what has no way
    numbers = exits.number(onward)
    assert numbers.itemsize == size
    assert numbers[1] == exits.none
    assert follow(exits, numbers[0], 0) == leaves
    assert {follow(exits, numbers[node], node) for node in range(2, leaves + 1)} == {0}


def test_nodes_without_edges_lead_nowhere() -> None:
    exits = Exits(np.zeros(0, np.int32), np.zeros(0, np.int32), 2)
    assert set(exits.number(np.array([-9999, -9999], dtype=np.int32))) == {exits.none}
