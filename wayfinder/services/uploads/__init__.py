"""Files that people bring: read in a process of their own, which is ended when it takes too much.

`Uploads` keeps what was brought while it is looked at; `Nursery` has the processes that read.
"""

from wayfinder.services.uploads.errors import UploadError
from wayfinder.services.uploads.jobs import Job, State, Uploads
from wayfinder.services.uploads.limits import LIMITS, Kind, Limits
from wayfinder.services.uploads.nursery import Nursery

__all__ = ["LIMITS", "Job", "Kind", "Limits", "Nursery", "State", "UploadError", "Uploads"]
