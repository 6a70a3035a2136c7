"""What the server and its workers agree on."""

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable with the folder of what workers share; there they add up what they count. Read when
`prometheus_client` is imported, so it must be set before."""

SHELF = "shelf"
"""Name of the file in that folder on which each finds what another has made."""
