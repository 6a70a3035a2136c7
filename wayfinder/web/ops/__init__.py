"""Operations: whether the process lives and is ready, what it counts, what it logs."""

from wayfinder.web.ops.health import make_blueprint

__all__ = ["make_blueprint"]
