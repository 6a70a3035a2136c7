"""The API is asked everything that its document allows, and much that it does not.

Schemathesis goes through its phases: the examples of the document, every bound of every parameter,
made-up data that keeps to the document and data that does not, and sequences of calls. All of its
checks are on.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import OperationConfig
from schemathesis.engine import Status, events, from_schema
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.web.pages import BOARD
from wayfinder.formats import read_plan
from wayfinder.model.sign_codes import clean_code
from wayfinder.resources import floorplans_dir
from wayfinder.services import displays, releases, tokens
from wayfinder.services.fire.watch import FireWatch
from wayfinder.services.follow import Follower
from wayfinder.services.venues import Venues
from wayfinder.settings import Settings
from wayfinder.store import Store, open_store
from wayfinder.store.displays import change_display
from wayfinder.web.api import displays as displays_api
from wayfinder.web.api.blueprint import OPERATIONS
from wayfinder.web.api.operations import PREFIX
from wayfinder.web.app import create_app

pytestmark = pytest.mark.unmeasured

DOCUMENT = "/api/v1/openapi.json"
(ENROLMENT,) = (example["value"] for example in displays_api.EXAMPLE.values())
DISPLAY = ENROLMENT["display"]


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Log nothing."""


@dataclass(frozen=True)
class Api:
    """An API that answers on an address, with a token for it and one of a display."""

    url: str
    token: str
    display_token: str


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    folder: Path = tmp_path_factory.mktemp("store")
    store = open_store(str(folder / "wayfinder.sqlite3"))
    releases.import_plan(store, "clinic", read_plan(floorplans_dir() / "clinic").plan)
    releases.publish(store, "clinic")
    display_token = enrol(store)
    venues = Venues()
    follower = Follower(store, venues)
    follower.refresh()
    settings = Settings(access_log=False)
    fire = FireWatch(folder / "fire", venues=venues)
    app = create_app(venues, settings, store=store, follower=follower, fire=fire)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    token = tokens.make_token(store, "test", scopes=tokens.SCOPES)
    yield Api(f"http://127.0.0.1:{server.server_port}", token, display_token)
    server.shutdown()
    thread.join()
    server.server_close()
    follower.stop()
    store.close()


def enrol(store: Store) -> str:
    """Enrol the board, and let the code of the example be good for the kiosk."""
    made = displays.make_code(store, BOARD)
    token = displays.enrol(store, made.display, made.code)
    with store.write() as connection:
        hashed = displays.hash_code(DISPLAY, clean_code(ENROLMENT["code"]))
        until = datetime.now(UTC) + timedelta(hours=1)
        change_display(connection, DISPLAY, code_hash=hashed, code_until=until)
    return token


@dataclass
class Outcome:
    """What came of it."""

    problems: dict[tuple[str, ...], str] = field(default_factory=dict)
    accepted: Counter[str] = field(default_factory=Counter)
    count: int = 0

    def note(self, event: events.EngineEvent) -> None:
        """Take note of what the engine says."""
        if isinstance(event, events.NonFatalError | events.FatalError):
            self.problems[("error", str(event))] = str(event)
        if not isinstance(event, events.ScenarioFinished):
            return
        recorder = event.recorder
        self.count += len(recorder.interactions)
        for case_id, interaction in recorder.interactions.items():
            case = recorder.cases[case_id].value
            if interaction.response is not None and interaction.response.status_code < 300:
                self.accepted[f"{case.method} {case.operation.path}"] += 1
            for check in recorder.checks.get(case_id, ()):
                if check.status == Status.FAILURE:
                    failure = check.failure_info
                    assert failure is not None
                    key = (case.method, case.operation.path, check.name, failure.failure.title)
                    self.problems.setdefault(
                        key, f"{failure.failure.message}\n{failure.code_sample}"[:2000]
                    )


@pytest.mark.long
def test_the_api_keeps_to_its_document(api: Api) -> None:
    # the years that the document names in words
    first, last = datetime(2000, 1, 2), datetime(2099, 12, 30)  # noqa: DTZ001 - the zone follows
    instants = st.datetimes(first, last, timezones=st.just(UTC)).map(datetime.isoformat)
    schemathesis.openapi.format("date-time", instants)
    schema = schemathesis.openapi.from_url(api.url + DOCUMENT)
    config = schema.config
    config.base_url = api.url
    config.headers = {"Authorization": f"Bearer {api.token}"}
    # made-up venues are all answered 404: what lies behind would never be asked
    config.parameters = {"path.venue": "clinic", "path.display": DISPLAY}
    own = {"Authorization": f"Bearer {api.display_token}"}
    path = f"{PREFIX}/displays/{{display}}/report"
    config.operations.operations.append(
        OperationConfig.from_dict(
            {"include-path": path, "headers": own, "parameters": {"path.display": BOARD}}
        )
    )
    # no schema tells which text is a statement about a fire: test_fire.py does
    untold = {"positive_data_acceptance": {"enabled": False}}
    path = f"{PREFIX}/venues/{{venue}}/fire"
    config.operations.operations.append(
        OperationConfig.from_dict({"include-path": path, "checks": untold})
    )
    config.generation.deterministic = True
    config.generation.max_examples = 100
    config.max_time = 300
    config.workers = 1
    # an address may be too long whatever it says, and who guesses codes is told to wait
    for check in (config.checks.negative_data_rejection, config.checks.positive_data_acceptance):
        check.expected_statuses = [*check.expected_statuses, "414", "429"]
    outcome = Outcome()
    for event in from_schema(schema).execute():
        outcome.note(event)
    assert not outcome.problems, "\n\n".join(map(str, outcome.problems.items()))
    paths = {f"{o.method} {PREFIX}{o.path}" for o in OPERATIONS}
    never = {path.replace("<", "{").replace(">", "}") for path in paths} - outcome.accepted.keys()
    never -= {f"POST {PREFIX}/venues/{{venue}}/fire"}  # nobody signs by chance: test_fire.py does
    assert not never, "never accepted"
    assert outcome.count > 2 * len(OPERATIONS)
