"""How much a file that somebody brings may take, by what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from wayfinder.formats.limits import MAX_FILE_BYTES

_MIB = 2**20


class Kind(StrEnum):
    """What a file is to be."""

    PLAN = "plan"
    PICTURE = "picture"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a file may take; what takes more is ended.

    Parameters
    ----------
    upload_bytes
        Size of the file as it is sent.
    memory_bytes
        Memory beside what the reading process needs by itself.
    cpu_s
        Processor time.
    wall_s
        Time until it has to be done, waiting for the processor included.
    made_bytes
        Size of any file that it writes.
    """

    upload_bytes: int
    memory_bytes: int
    cpu_s: int
    wall_s: float
    made_bytes: int


LIMITS: Mapping[Kind, Limits] = MappingProxyType(
    {
        # 4 million values of JSON, the most that are read, are some 1.2 GB of Python (ours)
        Kind.PLAN: Limits(MAX_FILE_BYTES, 2048 * _MIB, 180, 600.0, 256 * _MIB),
        # a sheet of A0 scanned with 300 dpi is 139 million pixels: 560 MB with an alpha channel
        Kind.PICTURE: Limits(64 * _MIB, 2048 * _MIB, 90, 300.0, 128 * _MIB),
        Kind.SHEET: Limits(8 * _MIB, 768 * _MIB, 30, 120.0, 64 * _MIB),
    }
)
"""Ours; what a plan may unpack to and how many files it may have is `wayfinder.formats.limits`."""
