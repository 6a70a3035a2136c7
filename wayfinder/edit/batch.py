"""Several actions as one: done and undone together, or not at all."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field

from wayfinder.edit.action import Action, Edit, EditNote
from wayfinder.edit.changes import are_same
from wayfinder.edit.errors import EditError, MalformedActionError
from wayfinder.model import Feature, Plan


@dataclass(frozen=True, kw_only=True)
class Batch(Action):
    """Do several actions one after the other: all of them, or none.

    Parameters
    ----------
    actions
        The actions, each as a document with its ``kind``; no batch among them.
    """

    kind: ClassVar[str] = "batch"

    actions: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, max_length=200)]

    def apply(self, plan: Plan) -> Edit:
        """Do the actions; an error tells the number of the action that it is about."""
        from wayfinder.edit.documents import parse_offered

        now = plan
        before: dict[str, Feature | None] = {}
        notes: list[EditNote] = []
        for number, document in enumerate(self.actions):
            try:
                action = parse_offered(document)
                if isinstance(action, Batch):
                    raise MalformedActionError(
                        "action-malformed", {"place": "kind", "problem": "a batch in a batch"}
                    )
                edit = action.apply(now)
            except EditError as error:
                raise _number(error, number) from None
            for key, feature in edit.before.items():
                before.setdefault(key, feature)
            notes += edit.notes
            now = edit.plan
        kept = {key: was for key, was in before.items() if not are_same(was, now.features.get(key))}
        after = {key: now.features.get(key) for key in kept}
        return Edit(now, kept, after, tuple(notes))


def _number(error: EditError, number: int) -> EditError:
    """Return an error of one action as one of the batch."""
    place = error.values.get("place")
    if isinstance(error, MalformedActionError) and place is not None:
        place = f"actions[{number}].{place}".rstrip(".")
    values = {**error.values, **({} if place is None else {"place": place}), "number": number + 1}
    return type(error)(error.code, values, error.feature_id)
