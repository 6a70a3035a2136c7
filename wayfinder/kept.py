"""What is made once and kept: values by key up to a number, values that live with their owner."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, those not used for long dropped where there are too many.

    Two generations: what is asked for comes to the younger one, and when that holds half of all,
    the elder is dropped and the younger grows old. So to find a value takes no lock and no order.
    Safe between threads: two may make the same value at once, but all get the same object.

    Parameters
    ----------
    most
        How many are kept; at least 2.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made now if need be; None is made each time."""
        value = self._young.get(key)
        if value is not None:
            return value
        made = self._old.get(key)
        if made is None:
            made = make()
        with self._lock:
            # whoever was quicker has put it into either by now
            value = self._young.setdefault(key, self._old.get(key, made))
            if len(self._young) >= self._half:
                self._old, self._young = self._young, {}
        return value


def keep_with(owner: Any, name: str, make: Callable[[], V]) -> V:  # noqa: ANN401 - whatever has a dictionary
    """Return what is kept with an object under a name, made now if need be.

    A frozen dataclass still has a dictionary; what is kept there lives and dies with it.
    """
    kept: dict[str, V] = owner.__dict__.setdefault("_kept_with", {})
    if name not in kept:
        kept.setdefault(name, make())
    return kept[name]
