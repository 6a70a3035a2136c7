"""Files in, plans out and back: IMDF read and written, OSM read.

Reading gives a plan and all that is wrong with it; only what cannot be made a plan at all raises.
"""

from wayfinder.formats.dispatch import FORMATS, find_format, read_plan
from wayfinder.formats.errors import FormatError, UnreadableError, UnwritableError
from wayfinder.formats.imdf import read_imdf
from wayfinder.formats.imdf_write import write_imdf
from wayfinder.formats.result import ReadResult
from wayfinder.formats.validation import list_plan_issues

__all__ = [
    "FORMATS",
    "FormatError",
    "ReadResult",
    "UnreadableError",
    "UnwritableError",
    "find_format",
    "list_plan_issues",
    "read_imdf",
    "read_plan",
    "write_imdf",
]
