"""Write ``floorplans/hospital`` anew: ``python -m floorplans.drawing [FOLDER]``."""

import sys
from pathlib import Path

from floorplans.drawing.kit import DrawingError
from floorplans.drawing.qinghe import draw_hospital

FOLDER = Path(__file__).parents[1] / "hospital"


def main(arguments: list[str]) -> int:
    """Draw the hospital and write it; say what cannot be built, if anything."""
    target = Path(arguments[0]) if arguments else FOLDER
    try:
        draw_hospital().write(target)
    except DrawingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
