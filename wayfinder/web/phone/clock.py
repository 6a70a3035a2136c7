"""Times as people say them: minutes rounded up, moments on the venue's clock."""

from datetime import datetime
from math import ceil

from wayfinder.web.phone.page import Page


def say_minutes(page: Page, range_s: tuple[float, float]) -> str:
    """Say how long something takes, as a range where it is one."""
    shortest, longest = (max(1, ceil(seconds / 60)) for seconds in range_s)
    if shortest == longest:
        return page.say("minutes", count=longest)
    return page.say("minutes-range", shortest=shortest, longest=longest)


def say_moment(page: Page, moment: datetime) -> str:
    """Say a moment: the time alone where it is today."""
    local = moment.astimezone(page.now.tzinfo)
    clock = local.strftime("%H:%M")
    days = (local.date() - page.now.date()).days
    if days == 0:
        return clock
    if days == 1:
        return page.say("tomorrow-at", time=clock)
    day = page.say(f"weekday.{local.isoweekday()}")
    return page.say(
        "day-at", day=day, date=page.say("date", month=local.month, day=local.day), time=clock
    )
