"""How much of a stranger's file is read: beyond these it is refused, in bounded time and memory.

A floor of 300 rooms is about 300 kB of GeoJSON; the largest hospitals have some 100,000 features.
"""

MAX_FILE_BYTES = 64 * 2**20
"""Of one file, packed or unpacked."""

MAX_TOTAL_BYTES = 128 * 2**20
"""Of all files of a plan, unpacked."""

MAX_ENTRIES = 2_000
"""Files in an archive or folder: IMDF has 17."""

MAX_FOLDER_DEPTH = 12
"""Folders within folders."""

MAX_JSON_DEPTH = 64
"""Arrays and objects within each other; IMDF needs about 10."""

MAX_JSON_VALUES = 4_000_000
"""Values of all JSON files of a plan: a million vertices."""

MAX_NUMBER_CHARACTERS = 400
"""Of one number as written."""

MAX_FEATURES = 300_000
"""Features of a plan."""

MAX_FEATURE_VERTICES = 50_000
"""Of one geometry: a corridor of a real plan has 333."""

MAX_NAME_CHARACTERS = 500
"""Of a name, before it is flagged: a door plate has some 60."""
