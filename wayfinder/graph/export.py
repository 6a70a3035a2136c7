"""The network for other programs: NetworkX node-link JSON, GraphML, GeoJSON.

A node has ``id``, ``kind``, ``level`` (id), ``ordinal``, ``x`` and ``y`` in metres, ``lon``,
``lat``, ``unit`` (id or null); an edge ``kind``, ``length_m``, ``clear_width_m`` or null,
``features`` (ids it depends on) and ``geometry`` ([x, y] in metres). Whatever else the network
knows of them comes along.
"""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import networkx as nx

from wayfinder.graph.network import Network

JsonObject = dict[str, Any]


def make_node_link(network: Network) -> JsonObject:
    """Make what ``networkx.node_link_graph(document, edges="edges")`` reads.

    Returns
    -------
    dict
        JSON values; ``nodes`` and ``edges`` are lists.
    """
    graph = network.graph
    return {
        "directed": True,
        "multigraph": False,
        "graph": {"frame": {"lon": network.plan.frame.lon, "lat": network.plan.frame.lat}},
        "nodes": [{"id": node, **_plain(data)} for node, data in graph.nodes.items()],
        "edges": [
            {"source": start, "target": end, **_plain(data)}
            for (start, end), data in graph.edges.items()
        ],
    }


def write_graphml(network: Network) -> bytes:
    """Write GraphML: what is unknown is left out; lists are JSON texts."""
    flat: nx.DiGraph[str] = nx.DiGraph()
    for node, data in network.graph.nodes.items():
        flat.add_node(_printable(node), **_scalars(data))
    for (start, end), data in network.graph.edges.items():
        flat.add_edge(_printable(start), _printable(end), **_scalars(data))
    buffer = BytesIO()
    nx.write_graphml_xml(flat, buffer)
    return buffer.getvalue()


def make_geojson(network: Network) -> JsonObject:
    """Make a feature collection: a point a node, a line an edge, in longitude and latitude.

    An edge without a length, such as a lift's ride, is a point.
    """
    points = [
        _feature({"id": node, **_plain(data)}, "Point", [data["lon"], data["lat"]])
        for node, data in network.graph.nodes.items()
    ]
    frame = network.plan.frame
    lines = []
    for (start, end), data in network.graph.edges.items():
        properties = {"source": start, "target": end, **_plain(data)}
        line = [list(frame.to_degrees(x, y)) for x, y in properties.pop("geometry")]
        # a line of two equal points is none: what leads from a point to itself is that point
        moves = any(point != line[0] for point in line)
        kind, coordinates = ("LineString", line) if moves else ("Point", line[0])
        lines.append(_feature(properties, kind, coordinates))
    return {"type": "FeatureCollection", "features": points + lines}


def _feature(properties: JsonObject, kind: str, coordinates: list[Any]) -> JsonObject:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _plain(data: Mapping[str, Any]) -> JsonObject:
    """Turn attributes into JSON values: names of kinds into text, tuples into lists."""
    return {key: _json_value(value) for key, value in data.items()}


def _json_value(value: Any) -> Any:  # noqa: ANN401 - any attribute
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple | list):
        return [_json_value(item) for item in value]
    return value


def _scalars(data: Mapping[str, Any]) -> JsonObject:
    flat: JsonObject = {}
    for key, value in _plain(data).items():
        if isinstance(value, list | dict):
            flat[key] = json.dumps(value, ensure_ascii=False)
        elif value is not None:
            flat[key] = value
        if isinstance(flat.get(key), str):
            flat[key] = _printable(flat[key])
    return flat


def _printable(text: str) -> str:
    """Replace what XML 1.0 forbids: control characters but tab and line ends."""
    return "".join(c if c >= " " or c in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for c in text)
