"""Where signs should hang in a draft and what they should say: proposed, looked at, taken in."""

from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.edit import EditError
from wayfinder.errors import CodedError
from wayfinder.model import Plan, list_signs
from wayfinder.services.drafts import Sent, list_open_drafts, read_plan
from wayfinder.services.sign_work import names
from wayfinder.services.sign_work.errors import SignWorkError
from wayfinder.services.sign_work.taking import take_plan
from wayfinder.store import StoreError
from wayfinder.store.drafts import DraftRecord
from wayfinder.store.jobs import DONE, JobRecord
from wayfinder.web.language import choose_language
from wayfinder.web.studio.drafting import author_of
from wayfinder.web.studio.page import flash, go_to, render
from wayfinder.web.studio.room import get_room, get_visit
from wayfinder.web.studio.sign_checks import draw_most, find_work
from wayfinder.web.studio.sign_findings import Findings
from wayfinder.web.studio.sign_parts import say_error

_SHOWN = 400


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    path = "/v/<slug>/signs/plan"
    blueprint.add_url_rule(path, "show_sign_plan", show_sign_plan)
    blueprint.add_url_rule(path, "start_sign_plan", start_sign_plan, methods=["POST"])
    blueprint.add_url_rule(f"{path}/take", "take_sign_plan", take_sign_plan, methods=["POST"])


def show_sign_plan(slug: str, problem: str | None = None, status: int = 200) -> BaseResponse:
    """Show the newest proposal, and what can be proposed for."""
    work, drafts = find_work(names.PLAN), list_open_drafts(get_room().drafts, slug)
    shown: dict[str, Any] = {}
    if work.done is not None:
        shown = _show(slug, work.done, {one.id: one for one in drafts})
    asked = request.values.get("draft", type=int)
    return render(
        "sign-plan",
        "sign-plan.html",
        status=status,
        work=work,
        slug=slug,
        drafts=drafts,
        asked=asked,
        shown=shown,
        problem=problem,
    )


def start_sign_plan(slug: str) -> BaseResponse:
    """Begin to plan."""
    form = request.form
    draft_id = form.get("draft", type=int)
    drafts = list_open_drafts(get_room().drafts, slug)
    draft = next((one for one in drafts if one.id == draft_id), None)
    if draft is None:
        abort(404)
    keep = form.get("keep", "keep") == "keep"
    arguments = {"draft": draft.id, "number": draft.head, "keep": keep, "rounds": None}
    key = f"{draft.id}-{draft.head}-{'keep' if keep else 'anew'}"
    who = get_visit().staff.name
    get_room().background.ask(slug, names.PLAN, key, arguments, who=who, again=True)
    return go_to("show_sign_plan", slug=slug, draft=draft.id)


def take_sign_plan(slug: str) -> BaseResponse:
    """Take a proposal into its draft, as one entry."""
    key = request.form.get("key", "")
    found = get_room().background.find(slug, names.PLAN, key)
    if found is None or found.state != DONE:
        abort(404)
    proposal, staff = found.result, get_visit().staff
    # who presses twice takes it once
    sent = Sent(author_of(staff), f"sign-plan-{found.id}", proposal["number"])
    try:
        take_plan(get_room().drafts, slug, proposal["draft"], proposal, sent)
    except EditError:
        return show_sign_plan(slug, say_error(SignWorkError("plan-unfit")), 409)
    except StoreError as error:
        return show_sign_plan(slug, say_error(error), 409)
    except CodedError as error:
        return show_sign_plan(slug, say_error(error), 422)
    flash("said.plan-taken", count=proposal["faces"])
    return go_to("show_draft", slug=slug, draft_id=proposal["draft"])


def _show(slug: str, job: JobRecord, drafts: dict[int, DraftRecord]) -> dict[str, Any]:
    """Return what a page shows of a proposal."""
    proposal, language = job.result, choose_language()
    draft = drafts.get(proposal["draft"])
    if draft is None:
        return {}  # its draft was published or put away
    plan = _read(slug, proposal)
    findings = Findings(slug, plan, list_signs(plan), language)
    marks = findings.mark_faces(proposal["signs"], kept="mounted")
    return {
        "key": job.key,
        "proposal": proposal,
        "draft": draft,
        "new": sum(one["new"] for one in proposal["signs"]),
        "percent": f"{100 * proposal['arrived'] / max(1, proposal['journeys']):.1f}",
        "gaps": findings.list_gaps(proposal["uncovered"]),
        "is_old": draft.head != proposal["number"],
        **draw_most(plan, marks, findings),
    }


def _read(slug: str, proposal: dict[str, Any]) -> Plan:
    drafts = get_room().drafts
    return read_plan(drafts, slug, proposal["draft"], proposal["number"]).plan
