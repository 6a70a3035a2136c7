"""The documents that the API takes: drafts of what is to hold; read strictly."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, RootModel

from wayfinder.services.limits import YEARS
from wayfinder.web.api.documents import Document
from wayfinder.web.api.parameters import Text

Labels = Annotated[
    dict[
        Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)],
        Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\u0000]+$")],
    ],
    Field(
        max_length=20,
        description="BCP 47 tag to text.",
        json_schema_extra={"additionalProperties": False},
    ),
]


def _check_year(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise ValueError(f"is not in the years {YEARS.start} to {YEARS.stop - 1}")
    return instant


Instant = Annotated[AwareDatetime, AfterValidator(_check_year)]
"""RFC 3339 with a zone, in years that make sense."""


class _Span(Document):
    """From when until when."""

    model_config = ConfigDict(strict=True)

    from_: Instant | None = Field(default=None, alias="from", description="null: from now on.")
    until: Instant | None = Field(default=None, description="null: until further notice.")


Features = Annotated[
    list[Text],
    Field(
        max_length=100,
        description="Ids, codes or names; a lift or stair that is named means all its floors.",
        examples=[["PED"]],
    ),
]


class ClosureDraft(_Span):
    """Something is closed."""

    kind: Literal["closure"]
    features: Annotated[Features, Field(min_length=1)]
    text: Labels = Field(default_factory=dict, description="The reason, by language.")


class HoursDraft(_Span):
    """Something has other hours than usual."""

    kind: Literal["hours"]
    features: Annotated[Features, Field(min_length=1)]
    hours: Annotated[Text, Field(description="OSM opening_hours.", examples=["off"])]
    text: Labels = Field(default_factory=dict, description="The reason, by language.")


class NoticeDraft(_Span):
    """Something that everybody should read."""

    kind: Literal["notice"]
    features: Annotated[Features, Field(max_length=1)] = Field(
        default_factory=list, description="What it is about; none: the whole venue."
    )
    text: Annotated[Labels, Field(min_length=1)]
    shown_on: Annotated[
        list[Literal["phone", "kiosk", "board"]],
        Field(max_length=3, description="Where it is shown; none: everywhere."),
    ] = Field(default_factory=list)


class ConditionDraft(
    RootModel[Annotated[ClosureDraft | HoursDraft | NoticeDraft, Field(discriminator="kind")]]
):
    """What is to hold from now on, or for a while."""
