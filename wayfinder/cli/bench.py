"""``wayfinder bench``: the benchmark, beside its peers."""

from wayfinder.bench.command import bench as command

__all__ = ["command"]
