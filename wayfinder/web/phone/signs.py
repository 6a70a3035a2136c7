"""``/s/<code>``, ``/S/<CODE>``: what a sign's QR code holds. Printed addresses work for years."""

from flask import Blueprint
from werkzeug.wrappers import Response as BaseResponse

from wayfinder.model import Sign
from wayfinder.model.sign_codes import clean_code, list_near_codes
from wayfinder.services.served import Served
from wayfinder.services.venues import SignRecord
from wayfinder.web.phone.home import render_home
from wayfinder.web.phone.page import Page, render
from wayfinder.web.phone.reader import read_reader
from wayfinder.web.site import get_site

_CODE_CHARACTERS = 40
_SHOWN = 4


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the blueprint."""
    blueprint.add_url_rule("/s/<code>", "get_sign", get_sign)
    blueprint.add_url_rule("/S/<code>", "get_printed_sign", get_sign)


def get_sign(code: str) -> BaseResponse:
    """Show where one is; for an unknown code what it may have been."""
    site = get_site()
    clean = clean_code(code[:_CODE_CHARACTERS])
    record = site.venues.find_sign(clean)
    served = site.venues.find(record.venue) if record is not None else None
    if record is None or served is None:
        return _answer_unknown(clean)
    reader = read_reader().at(clean)
    page = Page("sign", reader, served)
    if page.sign is None:
        return _answer_removed(page, record)
    return render_home(page)


def _answer_unknown(code: str) -> BaseResponse:
    site = get_site()
    near = [
        (record.code, Page("sign", read_reader().at(record.code), served))
        for other in list_near_codes(code)
        if (record := site.venues.find_sign(other)) is not None
        and (served := site.venues.find(record.venue)) is not None
        and record.feature in served.signs
    ]
    page = Page("error", read_reader())
    venues = site.venues.list()
    return render(
        page, "unknown-sign.html", status=404, code=code, near=near[:_SHOWN], venues=venues
    )


def _answer_removed(page: Page, record: SignRecord) -> BaseResponse:
    """Tell that a sign is known but hangs no more; its venue goes on from there."""
    lost = Page("home", read_reader(), page.served)
    there = lost.describe(record.feature)
    near = [
        (sign, hit)
        for sign in list_neighbours(page.venue, record.ref)
        if (hit := lost.describe_start(sign.id)) is not None
    ]
    return render(lost, "removed-sign.html", status=410, record=record, there=there, near=near)


def list_neighbours(served: Served, ref: str) -> list[Sign]:
    """List the signs with numbers next to one: ``A1-07`` hung between ``A1-06`` and ``A1-08``."""
    area, _, number = ref.rpartition("-")
    if not area or not number.isdecimal():
        return []
    same = [
        (abs(int(own) - int(number)), sign)
        for sign in served.signs.values()
        if sign.code and (own := sign.ref.removeprefix(f"{area}-")).isdecimal()
    ]
    return [sign for _, sign in sorted(same, key=lambda pair: (pair[0], pair[1].ref))][:_SHOWN]
