"""Every address there is, with examples on the sample clinic that are answered with 200."""

from collections.abc import Mapping

LEVEL = "0f1e7304-08f0-5cf2-85f4-a6d3cd54a05e"
SIGN = "VQAFYHP"
LIFT = "0ba02f8d-0260-5f78-a8a5-15f65dc8e3c0"
ROUTE = f"/api/v1/venues/clinic/route?from={SIGN}&to=PED&lang=en"
KIOSK, BOARD = "DEH4QRNK", "DNTHV7AR"

ADDRESSES: Mapping[str, tuple[str, ...]] = {
    # pages: printed codes and links in messages live for years
    "/": ("/",),
    "/s/<code>": (f"/s/{SIGN}", f"/s/{SIGN.lower()}"),
    "/S/<code>": (f"/S/{SIGN}",),
    # typed by hand: with a slash too many, or no code yet
    "/s/<code>/": (f"/s/{SIGN}/",),
    "/S/<code>/": (f"/S/{SIGN}/",),
    "/s": ("/s",),
    "/S": ("/S",),
    "/s/": ("/s/",),
    "/S/": ("/S/",),
    "/v/<slug>": ("/v/clinic",),
    "/v/<slug>/category/<category>": ("/v/clinic/category/restroom",),
    "/v/<slug>/emergency": ("/v/clinic/emergency",),
    "/v/<slug>/fire": ("/v/clinic/fire",),
    "/v/<slug>/floor/<level_id>": (f"/v/clinic/floor/{LEVEL}",),
    "/v/<slug>/floors": ("/v/clinic/floors",),
    "/v/<slug>/go/<path:places>": (
        "/v/clinic/go/PED",
        f"/v/clinic/go/{SIGN}/PED",
        f"/v/clinic/go/{SIGN}/REG/PED",
        f"/v/clinic/go/{SIGN}/nearest:restroom",
    ),
    "/v/<slug>/map/<level_id>.svg": (f"/v/clinic/map/{LEVEL}.svg",),
    "/v/<slug>/map/<level_id>/go/<path:places>": (f"/v/clinic/map/{LEVEL}/go/{SIGN}/PED",),
    "/v/<slug>/offline": ("/v/clinic/offline",),
    "/v/<slug>/parking": ("/v/clinic/parking",),
    "/v/<slug>/place/<place_id>": ("/v/clinic/place/PED",),
    "/v/<slug>/lost": (),  # POST
    "/v/<slug>/report": (),  # needs a store
    "/v/<slug>/search": ("/v/clinic/search", "/v/clinic/search?q=%E6%8A%BD%E8%A1%80"),
    "/v/<slug>/start": ("/v/clinic/start",),
    # displays: their addresses are typed into machines that nobody touches for years
    "/board/<code>": (f"/board/{BOARD}", f"/board/{BOARD.lower()}"),
    "/board/<code>/kept": (f"/board/{BOARD}/kept",),
    "/display/sw.js": ("/display/sw.js",),
    "/kiosk/<code>": (f"/kiosk/{KIOSK}", f"/kiosk/{KIOSK}?lang=en"),
    "/kiosk/<code>/details": (f"/kiosk/{KIOSK}/details",),
    "/kiosk/<code>/kept": (f"/kiosk/{KIOSK}/kept",),
    "/kiosk/<code>/map/<level_id>": (f"/kiosk/{KIOSK}/map/{LEVEL}",),
    "/kiosk/<code>/places": (f"/kiosk/{KIOSK}/places",),
    "/kiosk/<code>/way/<profile>/<goal>": (f"/kiosk/{KIOSK}/way/walk/nearest:restroom",),
    "/kiosk/<code>/ways/<profile>": (),  # 503 until they are made
    # what pages fetch
    "/manifest.webmanifest": ("/manifest.webmanifest",),
    "/sw.js": ("/sw.js",),
    "/static/<digest>/<path:name>": ("/static/0123456789/api/docs.css",),
    # the API
    "/api/v1/docs": ("/api/v1/docs",),
    "/api/v1/openapi.json": ("/api/v1/openapi.json",),
    "/api/v1/venues": ("/api/v1/venues",),
    "/api/v1/venues/<venue>": ("/api/v1/venues/clinic",),
    "/api/v1/venues/<venue>/conditions": (),  # POST and DELETE
    "/api/v1/displays": (),  # needs a token
    "/api/v1/displays/<display>/fire-texts": (f"/api/v1/displays/{KIOSK}/fire-texts",),
    "/api/v1/displays/<display>/now": (f"/api/v1/displays/{KIOSK}/now",),
    "/api/v1/displays/<display>/report": (),  # POST
    "/api/v1/displays/enrol": (),  # POST
    "/api/v1/venues/<venue>/fire": ("/api/v1/venues/clinic/fire",),
    "/api/v1/venues/<venue>/levels": ("/api/v1/venues/clinic/levels",),
    "/api/v1/venues/<venue>/levels/<level>.svg": (f"/api/v1/venues/clinic/levels/{LEVEL}.svg",),
    "/api/v1/venues/<venue>/now": ("/api/v1/venues/clinic/now",),
    "/api/v1/venues/<venue>/places": ("/api/v1/venues/clinic/places?q=ecg",),
    "/api/v1/venues/<venue>/places/<place>": ("/api/v1/venues/clinic/places/PED",),
    "/api/v1/venues/<venue>/route": (f"/api/v1/venues/clinic/route?from={SIGN}&to=PED",),
    "/api/v1/venues/<venue>/signs/<code>": (f"/api/v1/venues/clinic/signs/{SIGN}",),
    "/api/v1/venues/<venue>/steps": ("/api/v1/venues/clinic/steps?to=PED",),
    # operations
    "/healthz": ("/healthz",),
    "/metrics": ("/metrics",),
    "/readyz": ("/readyz",),
}
"""Pattern to examples. Addresses are promises: one that goes needs a redirect or an alias."""

EXAMPLES = tuple(example for examples in ADDRESSES.values() for example in examples)
