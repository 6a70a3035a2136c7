"""What another organisation has, one of each kind: nobody else is to get to it."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tests.heard import make_report
from wayfinder.model import Amenity, Plan
from wayfinder.services import conditions, releases, tokens
from wayfinder.services.batch_folder import RECORD
from wayfinder.services.drafts import Desk, open_draft
from wayfinder.services.sign_work.batches import Batches, BatchOrder
from wayfinder.services.sign_work.names import CHANGES, PLAN
from wayfinder.services.uploads import Uploads
from wayfinder.services.uploads.limits import Kind
from wayfinder.store import Store
from wayfinder.store.audit import Actor, list_entries
from wayfinder.store.conditions import ConditionDraft
from wayfinder.store.displays import list_displays
from wayfinder.store.feedback import add_report, list_reports
from wayfinder.store.jobs import claim_job, end_job, put_job
from wayfinder.store.plan_images import NewImage, add_plan_image
from wayfinder.store.releases import add_release, pack_plan
from wayfinder.store.schedules import add_schedule
from wayfinder.store.signs import list_codes
from wayfinder.store.tables import metadata
from wayfinder.store.venues import VenueRecord, get_venue

SLUG, ORGANISATION = "elsewhere", "other"
WHO = Actor("Stranger")
FILE, KEY, TOKEN = "signs.pdf", "0" * 24, "Their lifts"
_LATER = datetime(2090, 1, 1, tzinfo=UTC)

Ids = dict[str, str | int]


def fill_store(store: Store, plan: Plan) -> Ids:
    """Let the other organisation have one of all that the store keeps; return the ids by part.

    ``level`` is that of a floor that all have: some pages want one.
    """
    amenities = plan.list_of(Amenity)
    # codes of signs are somebody's already
    plan = plan.with_features(*(one.with_wayfinder(sign_code=None) for one in amenities))
    releases.import_plan(store, SLUG, plan)
    releases.publish(store, SLUG)
    draft = open_draft(Desk(store), SLUG, "New wing", who=WHO)
    closure = ConditionDraft("closure", (plan.units[0].id,), {"en": "Paint"})
    conditions.add(store, SLUG, closure, set_name="night", who=WHO)
    held = conditions.add(store, SLUG, closure, who=WHO)
    tokens.make_token(store, TOKEN, venue=SLUG, who=WHO)
    with store.write() as connection:
        venue = get_venue(connection, SLUG)
        # nobody else has a second release
        packed = pack_plan(releases.encode_storable(plan))
        number = add_release(connection, venue, packed, errors={}).number
        add_report(connection, venue, make_report(), key=SLUG)
        image = NewImage(b"\x89PNG\0", plan.levels[0].id, "plan.png", "image/png", 20, 10, {})
        works = [_do_work(connection, venue, kind) for kind in (PLAN, CHANGES, "release-impact")]
        return {
            "level": plan.levels[0].id,
            "draft_id": draft.id,
            "condition_id": held.id,
            "set_id": conditions.list_all_sets(store, SLUG)[0].id,
            "number": number,
            "state": f"r{number}",
            "schedule_id": add_schedule(connection, venue, number, _LATER).id,
            "report_id": list_reports(connection, venue)[0].id,
            "work_id": works[-1],
            "image_id": add_plan_image(connection, venue, image, who=WHO.name).id,
            "sign": list_codes(connection, venue)[0].code,
            "display": list_displays(connection, venue)[0].id,
            "entry_id": list_entries(connection, ORGANISATION)[0].id,
        }


def fill_folders(batches: Batches, uploads: Uploads, person_id: int) -> Ids:
    """Let the other organisation have a batch, and a file that somebody brought."""
    batch = batches.add(SLUG, BatchOrder(), who=WHO.name)
    batch.signs_folder.mkdir()
    (batch.signs_folder / FILE).write_bytes(b"%PDF-1.7")
    content = {"release": 1, "files": [FILE], "signs": []}
    (batch.signs_folder / RECORD).write_text(json.dumps(content), "utf-8")
    about = {"slug": SLUG, "person": person_id}
    job = uploads.take(Kind.PLAN, "plan.zip", BytesIO(b"plan"), about)
    return {"batch": batch.id, "file": FILE, "job_id": job.id}


def read_all(connection: Connection) -> dict[str, list[Any]]:
    """Return all rows that the store keeps of the venue, by table: nothing else is to change."""
    venue = get_venue(connection, SLUG)
    found: dict[str, list[Any]] = {"venues": [venue]}
    for table in metadata.sorted_tables:
        if "venue_id" in table.c:
            chosen = sa.select(table).where(table.c.venue_id == venue.id)
            rows = [tuple(row) for row in connection.execute(chosen)]
            found[table.name] = sorted(rows, key=repr)
    return found


def _do_work(connection: Connection, venue: VenueRecord, kind: str) -> int:
    """Have something worked out, so that there is an answer to ask for; return its id."""
    put_job(connection, venue, kind, KEY, {}, who=WHO.name)
    now = datetime.now(UTC)
    taken = claim_job(connection, "runner", now)
    assert taken is not None
    result = {"release": 1, "wrong": [], "reprint": ["a"], "draft": 1, "number": 0, "signs": []}
    end_job(connection, taken.id, "runner", result=result, now=now)
    return taken.id
