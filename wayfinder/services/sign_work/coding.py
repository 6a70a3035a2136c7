"""What printing refuses, as errors that are kept and said later."""

from collections.abc import Iterator
from contextlib import contextmanager

from wayfinder.draw.signs.fonts import MissingGlyphError
from wayfinder.services.batch_folder import BatchError
from wayfinder.services.batch_orders import FaultsError
from wayfinder.services.sign_work.errors import PrintingError, SignWorkError

_NAMED = 10
_PRINTING = "printing."


@contextmanager
def coded() -> Iterator[None]:
    """Make of whatever printing refuses an error that is kept and said later.

    Raises
    ------
    PrintingError, SignWorkError
        In place of what was raised.
    """
    try:
        yield
    except FaultsError as error:
        names = list(dict.fromkeys(fault.name for fault in error.faults))[:_NAMED]
        raise SignWorkError("unreadable", signs=names, **error.values) from None
    except BatchError as error:
        raise PrintingError(error.message_id.removeprefix(_PRINTING), **error.values) from None
    except MissingGlyphError as error:
        raise SignWorkError("no-glyph", problem=str(error)) from None
    except OSError as error:
        raise SignWorkError("unwritable", problem=error.strerror or str(error)) from None
