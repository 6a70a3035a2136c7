"""Why a table is not taken at all."""

from wayfinder.errors import CodedError


class SheetError(CodedError):
    """A file that is no table, or not one of the directory.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``sheet.<code>``.
    values
        What the words need, JSON values only.
    """

    kind = "sheet"
