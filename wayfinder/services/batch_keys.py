"""What tells one part of a batch from another: all that it is drawn from."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import Any

from wayfinder import __version__
from wayfinder.services.sign_parts import Job


def with_key(job: Job, plan_hash: str) -> Job:
    """Return a job whose key changes with all that it draws; the plan stands for its floor."""
    told = {one.name: getattr(job, one.name) for one in fields(job) if one.name != "scene"}
    canonical = json.dumps(
        [__version__, plan_hash, job.scene.level_id, _simplify(told)], ensure_ascii=False
    )
    return replace(job, key=sha256(canonical.encode("utf-8")).hexdigest()[:24])


def _simplify(value: Any) -> Any:  # noqa: ANN401 - whatever a face holds
    """Return a value as JSON, the same in every process: sets in order, objects by their fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _simplify(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _simplify(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_simplify(one) for one in value]
    return value
