"""What a display keeps for the day of a fire: the approved texts, and whether they concern it."""

from flask import Response

from wayfinder.web.api import fire_documents as documents
from wayfinder.web.api.common import answer
from wayfinder.web.api.display_now import get_display
from wayfinder.web.api.fire import describe_texts
from wayfinder.web.api.operations import Answer, Operation
from wayfinder.web.api.parameters import Query, read_query
from wayfinder.web.site import get_site


def show_texts(display: str) -> Response:
    """Answer with all approved texts of the venue that a display is in."""
    read_query(Query)
    served, placed, _ = get_display(display)
    zones = get_site().fire.list_zones(served.slug)
    return answer(
        {
            "zones": {
                zone.id: {
                    "name": dict(zone.name),
                    "here": zone.covers(served.plan, placed.id),
                    "texts": describe_texts(zone),
                }
                for zone in zones
            }
        }
    )


OPERATIONS = (
    Operation(
        id="getDisplayFireTexts",
        method="GET",
        path="/displays/<display>/fire-texts",
        summary="What a display keeps for the day of a fire",
        description="The texts that two people have approved, in every language. A display that "
        "learns of a fire shows them even where the server has lost them.",
        view=show_texts,
        answers={200: Answer("The texts.", documents.DisplayFireTexts)},
        errors=("unknown-display", "removed-display"),
    ),
)
