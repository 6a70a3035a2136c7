"""What the server and its workers agree on."""

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable with the folder in which workers add up what they count; read when
`prometheus_client` is imported, so it must be set before."""
