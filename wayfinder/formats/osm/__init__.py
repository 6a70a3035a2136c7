"""OSM in, plan out: Simple Indoor Tagging as XML, PBF, osmtogeojson's GeoJSON or Overpass JSON."""

from wayfinder.formats.osm.reader import read_osm

__all__ = ["read_osm"]
