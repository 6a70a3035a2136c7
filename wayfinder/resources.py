"""Where the files lie that come with the package but are not code.

In a checkout `static/` and `floorplans/` stand beside the package; a wheel carries them inside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def static_dir() -> Path:
    """Return the folder of files that are served or embedded as they are.

    Raises
    ------
    FileNotFoundError
        The installation lacks the folder.
    """
    return _resource_dir("static")


def floorplans_dir() -> Path:
    """Return the folder of the floor plans that come with the package.

    Raises
    ------
    FileNotFoundError
        The installation lacks the folder.
    """
    return _resource_dir("floorplans")


def _resource_dir(name: str) -> Path:
    # Beside the package only in a checkout: an unrelated `static/` may lie in site-packages.
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    if (_PACKAGE / name).is_dir():
        return _PACKAGE / name
    raise FileNotFoundError(
        f"{_PACKAGE / name}: the installation lacks this folder; install the wheel again"
    )
