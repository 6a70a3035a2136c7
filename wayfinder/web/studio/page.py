"""What every page of the studio has: words, navigation, what was done just now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any

from flask import Response, g, render_template, request, url_for
from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.guide.catalogues import LANGUAGES, has_message, translate, translate_or
from wayfinder.model import Labels, pick_label
from wayfinder.services.people.desk import StaffError
from wayfinder.services.people.roles import Role
from wayfinder.services.people.sessions import put_data
from wayfinder.services.unserved import UnservedSite, find_unserved_site
from wayfinder.store.audit import AuditEntry
from wayfinder.store.jobs import JobRecord
from wayfinder.store.schedules import ScheduleRecord
from wayfinder.web.errors import Problem
from wayfinder.web.language import choose_language, find_spoken
from wayfinder.web.site import Site, get_site
from wayfinder.web.studio.access import may
from wayfinder.web.studio.addresses import make_own_address
from wayfinder.web.studio.forgery import FIELD, make_token
from wayfinder.web.studio.navigation import ORGANISATION_PAGES, VENUE_PAGES, NavigationItem
from wayfinder.web.studio.room import Visit, find_visit, get_room, get_visit

_FLASH = "said"
_WARNS = "warns"
_GOAL_BYTES = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What was done just now.

    Parameters
    ----------
    text
        In words.
    warns
        Whether it is not what whoever did it may expect.
    """

    text: str
    warns: bool


@dataclass(frozen=True)
class StudioPage:
    """One page of the studio.

    Parameters
    ----------
    kind
        What it is: scripts and styles choose by it.
    visit
        Who asks, and what the address is about.
    zone
        Time zone in which times are said.
    """

    kind: str
    visit: Visit
    zone: tzinfo = UTC
    asks_for_language: bool = field(
        default_factory=lambda: bool(find_spoken(request.args.get("lang", "")))
    )

    @cached_property
    def language(self) -> str:
        """Language of the page."""
        return choose_language()

    @property
    def other_languages(self) -> tuple[str, ...]:
        """Languages that are offered beside it."""
        return tuple(one for one in LANGUAGES if one != self.language)

    @property
    def site(self) -> Site:
        """What the application serves."""
        return get_site()

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in, all the way."""
        return self.visit.session is not None and self.visit.session.is_full

    @cached_property
    def token(self) -> str:
        """What the page's forms and scripts carry."""
        return make_token(self.visit.session)

    @property
    def arguments(self) -> Mapping[str, str]:
        """What the address was asked with."""
        return request.args

    def say(self, msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - as of `translate`
        """Say a message of the domain ``studio``."""
        return translate(self.language, f"studio.{msgid}", **values)

    def say_staff(self, msgid: str, /, **values: Any) -> str:  # noqa: ANN401 - as of `translate`
        """Say a message of the domain ``staff``."""
        return translate(self.language, f"staff.{msgid}", **values)

    def pick(self, labels: Labels | None) -> str:
        """Choose the text of the reader's language."""
        return pick_label(labels, self.language)

    def name_venue(self, slug: str) -> str:
        """Return what a venue is called; of one that is not served yet, if one is there."""
        served = self.site.venues.find(slug)
        if served is not None:
            return self.pick(served.name)
        venue = self.visit.venue
        known = _find_unserved(self.visit) if venue is not None and venue.slug == slug else None
        return (self.pick(known.name) if known is not None else "") or slug

    def say_time(self, instant: datetime) -> str:
        """Say an instant on the clock of the place."""
        return f"{instant.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def url(self, endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as of `url_for`
        """Make the address of a view of the studio, in the language that was chosen."""
        carried = {"lang": self.language} if self.asks_for_language else {}
        every: dict[str, Any] = {**carried, **values}
        return url_for(f"studio.{endpoint}", **every)

    def change_language(self, language: str) -> str:
        """Make the address of this very page in another language."""
        return make_own_address(language)

    @property
    def own_address(self) -> str:
        """Address at which a look shows this very page: not always that of the request."""
        return make_own_address()

    def write_token_field(self) -> Markup:
        """Write the field that every form carries."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, self.token)

    def say_entry(self, entry: AuditEntry) -> str:
        """Say what somebody did: ``studio.did.<action>`` with the details, roles in words."""
        msgid = f"studio.did.{entry.action}"
        if not has_message(self.language, msgid):
            return entry.action
        values = dict(entry.details)
        for key in ("role", "before"):
            if key in values:
                values[key] = self.say_role(values[key])
        return translate(self.language, msgid, **values)

    def say_job_step(self, job: JobRecord) -> str:
        """Say what is done right now for a job: ``studio.job.<kind>.<step>``, or what is usual."""
        usual = translate_or(self.language, f"studio.job.step.{job.step}", "")
        return translate_or(self.language, f"studio.job.{job.kind}.{job.step}", usual)

    def say_job_problem(self, job: JobRecord) -> str:
        """Say why a job failed."""
        return self._say_problem(job.problem["code"], job.problem["values"])

    def say_schedule_problem(self, schedule: ScheduleRecord) -> str:
        """Say why a planned release did not come into force."""
        problem = schedule.problem
        return self._say_problem(f"store.{problem.get('code', '')}", problem.get("values") or {})

    def _say_problem(self, code: str, values: Mapping[str, Any]) -> str:
        known = code if has_message(self.language, code) else "store.job-failed"
        return translate(self.language, known, **values)

    def say_role(self, role: str | None) -> str:
        """Say what a role is called."""
        return self.say("role-none") if role is None else self.say_staff(f"role.{role}")

    def list_venue_pages(self) -> list[tuple[NavigationItem, str, bool]]:
        """List the pages of the venue for who asks: item, address, whether one is there."""
        if self.visit.venue is None:
            return []
        return self._list_pages(VENUE_PAGES, slug=self.visit.venue.slug)

    def count_new(self, item: NavigationItem) -> int:
        """Count what is new on a page of the navigation."""
        return 0 if item.count is None else item.count(self.visit)

    def list_organisation_pages(self) -> list[tuple[NavigationItem, str, bool]]:
        """List the pages of the organisation for who asks; where it is about none, of the only."""
        organisation = self.visit.organisation
        if organisation is None:
            own = self.visit.staff.organisations
            organisation = own[0] if len(own) == 1 else None
        if organisation is None:
            return []
        return self._list_pages(ORGANISATION_PAGES, organisation=organisation)

    def _list_pages(
        self, items: tuple[NavigationItem, ...], **values: str
    ) -> list[tuple[NavigationItem, str, bool]]:
        here = self.visit.here or (request.endpoint or "").rpartition(".")[2]
        organisation = values.get("organisation", self.visit.organisation)
        venue = values.get("slug")
        return [
            (item, self.url(item.endpoint, **values), here in {item.endpoint, *item.also})
            for item in items
            if may(self.visit, item.endpoint, organisation=organisation, venue=venue)
        ]

    def may(self, needed: str) -> bool:
        """Tell whether who asks has a role at the venue of the page."""
        venue = self.visit.venue
        organisation = self.visit.organisation
        if organisation is None:
            return False
        slug = None if venue is None else venue.slug
        return self.visit.staff.may(Role(needed), organisation, slug)

    def take_said(self) -> list[Said]:
        """Return what was done just now, for the only time."""
        session = self.visit.session
        said = [] if session is None else list(session.record.data.get(_FLASH, ()))
        if session is not None and said:
            self.visit.session = put_data(get_room().desk, session, **{_FLASH: None})
        return [
            Said(translate(self.language, code, **values), bool(warns))
            for code, values, *warns in said
        ]


def render(kind: str, template: str, *, status: int = 200, **values: Any) -> Response:  # noqa: ANN401
    """Make the answer of a page; what its template extends is ``studio/base.html``.

    Parameters
    ----------
    kind
        What the page is: scripts and styles choose by it.
    template
        Its file below ``templates/studio``.
    status
        HTTP status.
    values
        What the template needs. It has ``page``, ``say``, ``url`` and ``pick`` in any case.
    """
    visit = get_visit()
    page = StudioPage(kind, visit, _find_zone(visit))
    body = render_template(
        f"studio/{template}",
        page=page,
        say=page.say,
        say_staff=page.say_staff,
        url=page.url,
        pick=page.pick,
        visit=visit,
        **values,
    )
    return Response(body, status=status, mimetype="text/html")


def flash(msgid: str, /, *, warns: bool = False, **values: Any) -> None:  # noqa: ANN401 - JSON
    """Say something, ``studio.<msgid>``, on the next page that this person sees; or warn of it."""
    visit = get_visit()
    session = visit.own_session
    before = session.record.data.get(_FLASH, ())
    said = [f"studio.{msgid}", values, *([_WARNS] if warns else [])]
    kept = [one for one in before if one != said]  # a form may be sent twice
    visit.session = put_data(get_room().desk, session, **{_FLASH: [*kept, said][-5:]})


def go_to(endpoint: str, **values: Any) -> BaseResponse:  # noqa: ANN401 - as of `url_for`
    """Send the reader to a view of the studio, in the language that was chosen."""
    if find_spoken(request.args.get("lang", "")):
        values.setdefault("lang", choose_language())
    return redirect(url_for(f"studio.{endpoint}", **values), 303)


def go_on(goal: str, *, longest: int = _GOAL_BYTES) -> BaseResponse:
    """Send somebody on to where they were going, if that is a page of the studio."""
    inside = goal.startswith("/studio/") and len(goal) <= longest and goal.isprintable()
    if not inside or "\\" in goal or "//" in goal or goal.startswith("/studio/sign-"):
        return go_to("show_home")
    return redirect(goal, 303)


def read_new_password() -> str:
    """Return the password that was typed twice; raises StaffError where once was different."""
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        raise StaffError("password-differs")
    return password


def say_refusal(error: StaffError) -> str:
    """Say why something is refused."""
    return translate(choose_language(), error.message_id, **error.values)


def find_status(error: StaffError) -> int:
    """Return the HTTP status of a page that says why something is refused."""
    return 429 if error.code in {"wait", "busy"} else 422


def render_problem(problem: Problem) -> Response:
    """Make the page of an error within the studio."""
    visit = find_visit() or Visit(None)
    g.studio_visit = visit
    return render("problem", "problem.html", status=problem.status, problem=problem)


def _find_zone(visit: Visit) -> tzinfo:
    """Return the time zone of the venue, else of any of the organisation, else UTC."""
    site = get_site()
    if visit.venue is not None:
        served = site.venues.find(visit.venue.slug)
        if served is not None:
            return served.router.schedule.zone
        known = _find_unserved(visit)
        return UTC if known is None else known.zone
    slugs: Mapping[str, tzinfo] = {one.slug: one.router.schedule.zone for one in site.venues.list()}
    return next(iter(slugs.values()), UTC)


def _find_unserved(visit: Visit) -> UnservedSite | None:
    """Return what is known of the venue of the address without its being served."""
    if visit.venue is None:
        return None
    return find_unserved_site(get_room().drafts, visit.venue)
