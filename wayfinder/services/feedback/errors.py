"""Why a report is not taken, or something cannot be made of it."""

from wayfinder.errors import CodedError


class FeedbackError(CodedError):
    """A report is refused; its words are the catalogue entry ``feedback.<code>``."""

    kind = "feedback"
