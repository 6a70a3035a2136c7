"""The big buttons of a first screen, on phones and on kiosks: what most people want."""

from dataclasses import dataclass

from wayfinder.route.targets import list_categories
from wayfinder.services.directory import Directory


@dataclass(frozen=True, slots=True)
class Wish:
    """A big button.

    Parameters
    ----------
    key
        Names its words: ``wish.<key>`` on phones, ``kiosk.wish.<key>`` on kiosks.
    category
        What is looked for: IMDF category.
    symbol
        File in ``static/symbols`` without ``.svg``.
    """

    key: str
    category: str
    symbol: str

    def is_in(self, directory: Directory) -> bool:
        """Whether it leads to something in a venue."""
        return any(directory.has_category(one) for one in list_categories(self.category))


WISHES = (
    Wish("toilets", "restroom", "toilets"),
    Wish("cashier", "cashier", "cashier"),
    Wish("pharmacy", "pharmacy", "pharmacy"),
    Wish("lift", "elevator", "lift"),
    Wish("exit", "pedestrian.principal", "exit"),
    Wish("parking", "parking", "parking"),
    Wish("information", "information", "information"),
)
"""What most people want wherever they are."""
