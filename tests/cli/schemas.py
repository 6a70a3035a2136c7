"""The JSON documents that scripts rely on, as JSON Schemas; nothing undeclared is allowed."""

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]


def an_object(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def a_list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


TEXT: Schema = {"type": "string", "minLength": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
AMOUNT: Schema = {"type": "number", "minimum": 0}
DEGREES: Schema = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "items": False,
}
METRES: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}

FIX = an_object(action=TEXT, arguments={"type": "object"}, text=TEXT)
ISSUE = an_object(
    code={"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    severity={"enum": ["error", "warning", "note"]},
    features=a_list(TEXT),
    level=maybe(TEXT),
    place=maybe(DEGREES),
    message=TEXT,
    fix=maybe(FIX),
)
CHECK = an_object(
    plan=an_object(levels=COUNT, units=COUNT, openings=COUNT, amenities=COUNT, occupants=COUNT),
    reach=an_object(units=COUNT, connected=COUNT, step_free=COUNT, components=a_list(COUNT)),
    issues=a_list(ISSUE),
)
CONVERT = an_object(target=maybe(TEXT), issues=a_list(ISSUE))
NODE = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "kind": {
            "enum": [
                *("place", "door", "entrance", "opening", "junction", "lift", "stairs"),
                *("escalator", "ramp", "way", "outside"),
            ]
        },
        "level": TEXT,
        "ordinal": {"type": "number"},
        "x": {"type": "number"},
        "y": {"type": "number"},
        "lon": {"type": "number"},
        "lat": {"type": "number"},
        "unit": maybe(TEXT),
    },
    "required": ["id", "kind", "level", "ordinal", "x", "y", "lon", "lat", "unit"],
}
EDGE = {
    "type": "object",
    "properties": {
        "source": TEXT,
        "target": TEXT,
        "kind": {
            "enum": [
                *("walk", "door", "opening", "lift_board", "lift_ride", "lift_alight"),
                *("stairs", "escalator", "ramp", "manual"),
            ]
        },
        "length_m": AMOUNT,
        "clear_width_m": maybe(AMOUNT),
        "features": a_list(TEXT),
        "geometry": a_list(METRES),
    },
    "required": ["source", "target", "kind", "length_m", "clear_width_m", "features", "geometry"],
}
NODE_LINK = an_object(
    directed={"const": True},
    multigraph={"const": False},
    graph={"type": "object"},
    nodes=a_list(NODE),
    edges=a_list(EDGE),
)


PLACE = an_object(id=TEXT, name=TEXT, level=TEXT)
THING = an_object(id=TEXT, name=TEXT)
SPOT = an_object(level=TEXT, place=DEGREES)
LEG = an_object(
    level=TEXT,
    ordinal=maybe({"type": "number"}),
    geometry=an_object(
        type={"const": "LineString"},
        coordinates={"type": "array", "items": DEGREES, "minItems": 2},
    ),
)
STEP: Schema = {
    "type": "object",
    "properties": {
        "kind": {
            "enum": [
                *("depart", "continue", "turn", "door", "enter", "exit"),
                *("lift", "stairs", "escalator", "ramp", "arrive"),
            ]
        },
        "direction": maybe(TEXT),
        "text": TEXT,
        "level": TEXT,
        "distance_m": AMOUNT,
        "from": SPOT,
        "to": SPOT,
        "landmark": maybe(THING),
    },
    "required": ["kind", "direction", "text", "level", "distance_m", "from", "to", "landmark"],
    "additionalProperties": False,
}
ROUTE: Schema = {
    "type": "object",
    "properties": {
        "from": PLACE,
        "to": PLACE,
        "profile": {"enum": ["walk", "easy", "wheelchair", "bed", "staff"]},
        "distance_m": AMOUNT,
        "duration_s": COUNT,
        "duration_range_s": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
        "legs": {"type": "array", "items": LEG, "minItems": 1},
        "steps": {"type": "array", "items": STEP, "minItems": 1},
        "stops": {
            "type": "array",
            "items": an_object(id=TEXT, name=TEXT, arrive_s=COUNT, first_step=COUNT),
            "minItems": 1,
        },
        "verified": {"type": "boolean"},
        "unverified": a_list(THING),
        "release": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "conditions": {"type": "string"},
        "warnings": a_list(an_object(code=TEXT, features=a_list(TEXT), message=TEXT)),
    },
    "additionalProperties": False,
}
ROUTE["required"] = list(ROUTE["properties"])
REFUSAL = an_object(
    error=an_object(
        code={"const": "no-route"},
        cause=TEXT,
        reason=TEXT,
        blocked_by=a_list(TEXT),
        without=maybe({"type": "object", "minProperties": 1}),
    )
)
WHICH_PLACE = an_object(
    error=an_object(
        code={"enum": ["unknown-place", "ambiguous-place"]},
        reason=TEXT,
        place={"type": "string"},
        candidates=a_list(an_object(id=TEXT, name=TEXT, level={"type": "string"})),
    )
)

ARROW: Schema = {
    "enum": [
        *("ahead", "ahead-right", "right", "back-right", "back", "back-left", "left", "ahead-left"),
        *("up", "down", "here"),
    ]
}
CODE: Schema = {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"}
_AUDITED: dict[str, Schema] = {
    "source": TEXT,
    "release": maybe({"type": "integer", "minimum": 1}),
    "plan": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
    "numbers": {"type": "object", "additionalProperties": TEXT},
}
_WRONG = an_object(code=CODE, sign=TEXT, to=maybe(TEXT), printed=maybe(ARROW), right=maybe(ARROW))
SIGN_AUDIT = an_object(
    (),
    **_AUDITED,
    signs=COUNT,
    messages=COUNT,
    shares=a_list(
        an_object(
            profile=TEXT,
            journeys=COUNT,
            arrived=COUNT,
            share={"type": "number", "minimum": 0, "maximum": 1},
            breaks=a_list(
                an_object(
                    code=CODE,
                    level=TEXT,
                    unit=maybe(TEXT),
                    place=DEGREES,
                    near=maybe(an_object(sign=TEXT, distance_m=AMOUNT)),
                    last_sign=maybe(TEXT),
                    entrances=a_list(TEXT),
                    missing=a_list(TEXT),
                    journeys=COUNT,
                )
            ),
        )
    ),
    faults=a_list(
        an_object(
            code=CODE,
            sign=TEXT,
            to=maybe(TEXT),
            other=maybe(TEXT),
            extra_s=maybe(AMOUNT),
            profiles=a_list(TEXT),
        )
    ),
)
SIGN_CHANGES = an_object(
    (), **_AUDITED, wrong=a_list(_WRONG), reprint=a_list(TEXT), take_down=a_list(TEXT)
)
SIGN_DETOURS = an_object(
    (),
    **_AUDITED,
    closed=a_list(TEXT),
    journeys=COUNT,
    cut_off=COUNT,
    arrived=an_object(before=COUNT, closed=COUNT, with_temporary_signs=COUNT),
    wrong=a_list(_WRONG),
    temporary=a_list(
        an_object(
            id=TEXT,
            covers=maybe(TEXT),
            level=TEXT,
            unit=TEXT,
            place=DEGREES,
            bearing_deg=maybe({"type": "number"}),
            mounting=TEXT,
            messages=a_list(an_object(to=TEXT, arrow=ARROW)),
        )
    ),
)


def require(document: Any, schema: Schema) -> None:  # noqa: ANN401 - any JSON document
    """Raise where a document is not as promised."""
    Draft202012Validator(schema).validate(document)
