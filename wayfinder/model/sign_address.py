"""The address that is printed on a sign: in its QR code, and beneath it for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignAddress:
    """Where the code of a sign leads.

    Parameters
    ----------
    url
        What the QR code holds, ``HTTPS://WAY.EXAMPLE.ORG/S/VQAFYHP``: capitals make a smaller
        symbol (alphanumeric mode).
    text
        What stands beneath it, ``way.example.org/S/VQAFYHP``, to be typed by hand in any case.
    code
        The code alone.
    """

    url: str
    text: str
    code: str
