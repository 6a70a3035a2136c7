"""``/healthz``, ``/readyz``, ``/metrics``: what load balancers and monitoring ask for."""

from datetime import UTC, datetime
from hmac import compare_digest

from flask import Blueprint, Response, abort, jsonify, request

from wayfinder.web.ops.metrics import CONTENT_TYPE, write_metrics
from wayfinder.web.site import Site


def make_blueprint(site: Site) -> Blueprint:
    """Make the addresses of operations."""
    blueprint = Blueprint("ops", __name__)
    token = site.settings.metrics_token.get_secret_value()

    @blueprint.get("/healthz")
    def get_health() -> Response:
        """Say that the process answers."""
        return _finish(jsonify({"status": "ok"}))

    @blueprint.get("/readyz")
    def get_readiness() -> Response:
        """Say whether every venue that can be is built, and the database answered lately."""
        age_s = (datetime.now(UTC) - site.venues.answered_at).total_seconds()
        venues = {served.slug: served.version for served in site.venues.list()}
        reasons = []
        if site.follower is not None and not site.follower.is_loaded:
            reasons.append("venues are being built")
        elif not venues:
            reasons.append("no venue is published")
        stale = age_s > site.settings.stale_after_s
        notes = [f"the database has not answered for {age_s:.0f} s"] if stale else []
        document = {
            "status": "not ready" if reasons else "stale" if stale else "ready",
            "reasons": reasons + notes,
            "venues": venues,
            "answered_s_ago": round(max(age_s, 0), 1),
        }
        response = _finish(jsonify(document))
        response.status_code = 503 if reasons else 200
        return response

    @blueprint.get("/metrics")
    def get_metrics() -> Response:
        """Give all figures to Prometheus."""
        given = request.headers.get("Authorization", "")
        if token and not compare_digest(given.encode(), f"Bearer {token}".encode()):
            abort(401)
        return _finish(Response(write_metrics(site.venues), content_type=CONTENT_TYPE))

    return blueprint


def _finish(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
