"""``/static/<hash>/<name>``: the static files."""

from flask import Blueprint, Response, abort, request

from wayfinder.web.site import get_site

_YEAR = "public, max-age=31536000, immutable"

blueprint = Blueprint("static", __name__)


@blueprint.get("/static/<digest>/<path:name>")
def get_asset(digest: str, name: str) -> Response:
    """Answer with a static file; an old hash gets what there is now, and no promise."""
    assets = get_site().assets
    asset = assets.find(name)
    if asset is None:
        abort(404)
    accepted = request.accept_encodings
    encoding = next((name for name in asset.encodings if accepted[name] > 0), None)
    content = asset.encodings[encoding] if encoding else asset.content
    response = Response(content, content_type=asset.media_type)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = _YEAR if assets.is_current(name, digest) else "no-cache"
    response.headers["X-Wayfinder"] = asset.digest  # displays keep only what agrees
    response.vary.add("Accept-Encoding")
    return response
