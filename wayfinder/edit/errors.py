"""Why an edit cannot be: a code and values, whose words are in the catalogues.

::

    EditError               the action makes no sense on this plan
    └── MalformedActionError    it is no action at all
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wayfinder.errors import CodedError

_EMPTY: Mapping[str, Any] = MappingProxyType({})


class EditError(CodedError):
    """An action that cannot be done on a plan, which stays as it is.

    Parameters
    ----------
    code
        Kebab-case name; its words are the catalogue entry ``edit.<code>``.
    values
        What the words need, JSON values only.
    feature_id
        The feature that is in the way, or None.
    """

    kind = "edit"

    def __init__(
        self, code: str, values: Mapping[str, Any] = _EMPTY, feature_id: str | None = None
    ) -> None:
        super().__init__(code, **values)
        self.feature_id = feature_id


class MalformedActionError(EditError):
    """A document that is no action: ``values["place"]`` says where."""
