"""``/s/<code>``, ``/S/<CODE>``: what a sign's QR code holds. Printed addresses work for years."""

from collections.abc import Iterator

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.model.sign_codes import clean_code, list_near_codes
from wayfinder.model.sign_records import SignState
from wayfinder.services.lost_signs import find_lost
from wayfinder.services.venues import SignRecord
from wayfinder.web.phone.counting import count_scan
from wayfinder.web.phone.home import render_home
from wayfinder.web.phone.page import Page, render
from wayfinder.web.phone.reader import read_reader
from wayfinder.web.site import get_site

_CODE_CHARACTERS = 40
_SHOWN = 4


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    # typed by hand: in any case, with a slash at the end, or without a code yet
    for path, endpoint in (("/s/<code>", "get_sign"), ("/S/<code>", "get_printed_sign")):
        blueprint.add_url_rule(path, endpoint, get_sign)
        blueprint.add_url_rule(f"{path}/", endpoint, get_sign)
    for path, endpoint in (("/s", "get_typed"), ("/S", "get_printed_typed")):
        blueprint.add_url_rule(path, endpoint, get_typed)
        blueprint.add_url_rule(f"{path}/", endpoint, get_typed)


def get_typed() -> BaseResponse:
    """Ask for the code of a sign; with one, go there."""
    typed = clean_code(request.args.get("code", "")[:_CODE_CHARACTERS])
    if typed:
        return redirect(read_reader().url("get_sign", code=typed, here=None), 303)
    return _answer_unknown("", 200)


def get_sign(code: str) -> BaseResponse:
    """Show where one is; for an unknown code what it may have been."""
    site = get_site()
    clean = clean_code(code[:_CODE_CHARACTERS])
    record = site.venues.find_sign(clean)
    served = site.venues.find(record.venue) if record is not None else None
    if record is None or served is None:
        return _answer_unknown(clean, 404)
    page = Page("sign", read_reader().at(clean), served)
    if page.sign is None or record.state is SignState.REMOVED:
        return _answer_removed(page, record)
    count_scan(page, clean)
    return render_home(page)


def _answer_unknown(code: str, status: int) -> BaseResponse:
    venues = get_site().venues.list()
    # with one venue alone its emergency department and its desk are at hand
    only = venues[0] if len(venues) == 1 else None
    page = Page("home" if only is not None else "error", read_reader(), only)
    near = list(_list_near(code))[:_SHOWN]
    return render(page, "unknown-sign.html", status=status, code=code, near=near, venues=venues)


def _list_near(code: str) -> Iterator[tuple[str, str, Page]]:
    """Yield the signs that a code may have been meant for: code, number, page of each."""
    venues = get_site().venues
    records = [venues.find_sign(other) for other in list_near_codes(code)]
    met = {record.code for record in records if record is not None}
    records += [record for record in venues.find_refs(code) if record.code not in met]
    for record in records:
        served = venues.find(record.venue) if record is not None else None
        if record is None or served is None or record.state is SignState.REMOVED:
            continue
        if record.feature in served.signs:
            yield record.code, record.ref, Page("sign", read_reader().at(record.code), served)


def _answer_removed(page: Page, record: SignRecord) -> BaseResponse:
    """Tell that a sign is known but hangs no more; its venue goes on from where it was."""
    reader, served = read_reader(), page.venue
    lost = find_lost(served, record, get_site().venues.list_removed())
    here = reader.at(lost.place) if lost.place is not None else reader
    gone = Page("home", here, served)
    near = [(sign, hit) for sign in lost.signs if (hit := gone.describe_start(sign.id)) is not None]
    return render(
        gone,
        "removed-sign.html",
        status=410,
        record=record,
        was=record.place,
        near=near,
        desk=served.directory.find_desk(language=gone.language, near=lost.place),
    )
