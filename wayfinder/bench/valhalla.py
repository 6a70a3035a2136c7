"""Valhalla's service on the same network, where its wheel runs (`pip install pyvalhalla`).

Valhalla knows no floors when it looks for the way nearest to a place, so floors are laid side by
side, half a kilometre apart; what joins them is as much longer. The graph that is searched has the
same nodes and edges; what it costs differs.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from wayfinder.bench.servers import find_port, run_until_ready
from wayfinder.graph import Network

_WORKERS = 2
_APART_DEG = 0.005
_HEAD = '<?xml version="1.0"?>\n<osm version="0.6">\n'


def has_valhalla() -> bool:
    """Tell whether Valhalla is installed, and osmium to write its input."""
    return find_spec("valhalla") is not None and find_spec("osmium") is not None


@contextmanager
def serve_valhalla(network: Network, folder: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Build Valhalla's tiles of a network and serve them; yield port and place by feature id.

    Parameters
    ----------
    network
        The network.
    folder
        An empty folder for its files.

    Yields
    ------
    port, places
        Where it listens, and feature id to ``{"lat": …, "lon": …}`` as JSON text.
    """
    import valhalla

    spots = _lay_out(network)
    _write_pbf(network, spots, folder)
    port = find_port()
    (folder / "tiles").mkdir()
    config = valhalla.get_config(tile_dir=str(folder / "tiles"), tile_extract="")
    config["httpd"]["service"]["listen"] = f"tcp://127.0.0.1:{port}"
    for end in ("loki", "thor", "odin"):
        config[end]["service"]["proxy"] = f"ipc://{folder}/{end}"
    for end in ("loopback", "interrupt"):
        config["httpd"]["service"][end] = f"ipc://{folder}/{end}"
    settings = folder / "valhalla.json"
    settings.write_text(json.dumps(config), "utf-8")
    programs = Path(valhalla.__file__).parent / "bin"
    build = [str(programs / "valhalla_build_tiles"), "-c", str(settings)]
    subprocess.run(  # noqa: S603 - a benchmark's own files
        [*build, str(folder / "network.osm.pbf")],
        check=True,
        capture_output=True,
        timeout=300,
        cwd=folder,  # it leaves lists beside
    )
    serve = [str(programs / "valhalla_service"), str(settings), str(_WORKERS)]
    places = {
        feature: json.dumps(dict(zip(("lon", "lat"), spots[nodes[0]], strict=True)))
        for feature, nodes in network.places.items()
        if nodes
    }
    with run_until_ready(serve, {}, port, "/status"):
        yield port, places


def make_path(start: str, end: str, language: str) -> str:
    """Return the address that asks for a way on foot between two places as JSON text."""
    options = '"costing":"pedestrian","units":"kilometers"'
    query = f'{{"locations":[{start},{end}],{options},"language":"{language}"}}'
    return f"/route?json={quote(query, safe='')}"


def _lay_out(network: Network) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of every node, its floor beside the others."""
    nodes = network.graph.nodes(data=True)
    row = {level: k for k, level in enumerate(sorted({data["level"] for _, data in nodes}))}
    return {
        node: (data["lon"] + row[data["level"]] * _APART_DEG, data["lat"]) for node, data in nodes
    }


def _write_pbf(network: Network, spots: Mapping[str, tuple[float, float]], folder: Path) -> None:
    """Write the network as OpenStreetMap data: a footway for every edge."""
    import osmium

    plain = folder / "network.osm"
    number = {node: k for k, node in enumerate(spots, start=1)}
    with plain.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for node, (lon, lat) in spots.items():
            file.write(f'<node id="{number[node]}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"/>\n')
        pairs = {tuple(sorted((number[a], number[b]))) for a, b in network.graph.edges}
        for way, (one, other) in enumerate(sorted(pairs), start=1):
            file.write(f'<way id="{way}" version="1"><nd ref="{one}"/><nd ref="{other}"/>')
            file.write(f'<tag k="highway" v="footway"/><tag k="name" v={quoteattr(str(way))}/>')
            file.write("</way>\n")
        file.write("</osm>\n")
    with osmium.SimpleWriter(str(folder / "network.osm.pbf")) as writer:
        for element in osmium.FileProcessor(str(plain)):
            writer.add(element)
