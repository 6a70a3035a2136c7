"""What the kinds of work on signs are called: light, for those who ask and do not do it."""

AUDIT, BATCH, CHANGES = "sign-audit", "sign-batch", "sign-changes"
DETOURS, PLAN = "sign-detours", "sign-plan"
"""Keys of `wayfinder.services.background.kinds.KINDS`."""
ENTRY = "sign-plan"
"""Kind of the entry in a draft's log by which a plan of signs is taken in."""
FILES = ("pdf", "svg", "png")
"""What signs are printed as."""
