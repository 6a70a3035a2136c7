"""The folders beside the package are found."""

from pathlib import Path

import pytest

from wayfinder import resources


def test_both_folders_are_found_in_a_checkout() -> None:
    root = Path(__file__).resolve().parents[1]
    assert resources.static_dir() == root / "static"
    assert resources.floorplans_dir() == root / "floorplans"


def test_a_wheel_carries_them_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "wayfinder"
    (package / "static").mkdir(parents=True)
    (package.parent / "static").mkdir()  # someone else's
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.static_dir() == package / "static"


def test_a_missing_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "wayfinder")
    with pytest.raises(FileNotFoundError, match="floorplans"):
        resources.floorplans_dir()
