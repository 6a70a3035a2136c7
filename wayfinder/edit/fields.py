"""Types of arguments: what each may hold, checked as an action is read."""

from typing import Annotated, Any

from pydantic import Field

Id = Annotated[str, Field(min_length=1, max_length=200, description="id of a feature")]
NewId = Annotated[str, Field(min_length=1, max_length=80, description="id that is free")]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Position = Annotated[tuple[Longitude, Latitude], Field(description="longitude and latitude")]
"""In degrees."""

Line = Annotated[
    tuple[Position, ...],
    Field(min_length=2, max_length=1_000, description="positions of a line"),
]
Ring = Annotated[tuple[Position, ...], Field(min_length=3, max_length=10_000)]
Area = Annotated[
    tuple[Ring, ...],
    Field(
        min_length=1,
        max_length=1_000,
        description="rings of a polygon, the outer one first",
    ),
]
Label = Annotated[str, Field(max_length=500)]
Labels = Annotated[
    dict[str, Label | None],
    Field(max_length=50, description="text by language; null takes one away"),
]
Members = Annotated[
    dict[str, Any],
    Field(max_length=100, description="values of IMDF's members; null clears one"),
]
Ours = Annotated[
    dict[str, Any],
    Field(max_length=100, description="keys of the `wayfinder` object; null takes one away"),
]
Ids = Annotated[tuple[Id, ...], Field(min_length=1, max_length=5_000)]
