"""What is wrong with a drawing, said with the place of it."""

from collections.abc import Sequence


class DrawingError(Exception):
    """A floor cannot be as it was drawn; the message names what and where, one fault a line.

    Parameters
    ----------
    faults
        What is wrong, each with its building, floor and metres.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
