"""What is made once and kept: values by key up to a number, values that live with their owner."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, those not used for longest dropped where there are too many.

    Safe between threads: two may make the same value at once, but all get the same object.

    Parameters
    ----------
    most
        How many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made now if need be."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
                return value
        made = make()
        with self._lock:
            value = self._values.setdefault(key, made)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


def keep_with(owner: Any, name: str, make: Callable[[], V]) -> V:  # noqa: ANN401 - whatever has a dictionary
    """Return what is kept with an object under a name, made now if need be.

    A frozen dataclass still has a dictionary; what is kept there lives and dies with it.
    """
    kept: dict[str, V] = owner.__dict__.setdefault("_kept_with", {})
    if name not in kept:
        kept.setdefault(name, make())
    return kept[name]
