"""The application factory: the only place where the faces are put together."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import NullSession, SessionInterface, SessionMixin
from flask_compress import Compress
from werkzeug.exceptions import SecurityError
from werkzeug.routing import MapAdapter

from wayfinder.resources import static_dir
from wayfinder.services.counts.counter import Counts
from wayfinder.services.display_reports import Reports
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.follow import Follower
from wayfinder.services.package_cache import PackageCache
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store
from wayfinder.web import api, displays, phone, static, studio
from wayfinder.web.assets import Assets
from wayfinder.web.errors import Problem, log_crash, register_errors
from wayfinder.web.ops import health
from wayfinder.web.ops.metrics import measure, note_counts
from wayfinder.web.security import PUBLIC_HOST, guard
from wayfinder.web.site import KEY, Site


class _NoSessions(SessionInterface):
    """Sessions of an application that has none: all requests have the same empty one."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002 - as of Flask
        """Return the empty session, which nothing can be put into."""
        return self._none


class _App(Flask):
    """An application without asynchronous views, which logs no addresses."""

    session_interface = _NoSessions()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the view of a request.

        As Flask does, for an application that knows one host, whose name `guard` has put into the
        request of whoever asked for one of our own: any other is refused.
        """
        if request is None:
            return super().create_url_adapter(None)
        environ = request.environ
        host = environ["HTTP_HOST"]
        if host != self.config[PUBLIC_HOST]:
            raise SecurityError
        return MapAdapter(
            self.url_map,
            server_name=host,
            script_name=environ.get("SCRIPT_NAME") or "/",
            subdomain="",
            url_scheme=environ["wsgi.url_scheme"],
            path_info=request.path,
            default_method=environ["REQUEST_METHOD"],
            query_args=environ.get("QUERY_STRING", ""),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view as it is; Flask would look at the code of each at each request."""
        return func

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - as of Flask
        """Log what went wrong beside the views; Flask would log the address and all in it."""
        log_crash(exc_info[1])


def create_app(
    venues: Venues,
    settings: Settings,
    *,
    store: Store | None = None,
    follower: Follower | None = None,
    fire: FireWatch | None = None,
) -> Flask:
    """Make the application of one process.

    Parameters
    ----------
    venues
        What is served; whoever holds it may replace venues while requests go on.
    settings
        The settings of the process.
    store
        What is written to; without it what would write says that it cannot.
    follower
        Keeps the venues up to date with the store.
    fire
        Knows whether a venue is on fire; without it none ever is.

    Returns
    -------
    Flask
        A WSGI application without state of its own. No cookies but the studio's.
    """
    app = _App(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # nothing redirects, least of all to `//somewhere`
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    packages = PackageCache(at_once=settings.threads // 2)
    watch = fire if fire is not None else FireWatch(None, venues=venues)
    reports = Reports(store) if store is not None else None
    assets = Assets(static_dir())
    counts = Counts(store, tell=note_counts) if store is not None else None
    site = Site(
        venues, settings, assets, packages, watch, store, follower, reports=reports, counts=counts
    )
    app.extensions[KEY] = site
    app.jinja_env.globals["asset"] = site.assets.get_path
    # from the inside out: an answer is compressed, measured, guarded
    measure(app, settings)
    guard(app, settings)
    Compress(app)
    register_errors(app, _render_problem)
    app.register_blueprint(static.blueprint)
    app.register_blueprint(phone.make_blueprint())
    app.register_blueprint(displays.make_blueprint())
    app.register_blueprint(api.make_blueprint())
    app.register_blueprint(health.make_blueprint(site))
    if store is not None:
        app.register_blueprint(studio.make_blueprint(store, settings))
    return app


def _render_problem(problem: Problem) -> Response:
    """Make the page of an error, for staff or for everybody."""
    within = request.blueprint == "studio"
    return studio.render_problem(problem) if within else phone.render_problem(problem)
