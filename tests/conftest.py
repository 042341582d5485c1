"""What all tests share. Captures and recordings of real monitors stay outside the project."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(os.environ.get("NURSE_STATION_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real captures and recordings; a test that needs it skips where it is not."""
    if not (SHARED / "captures").is_dir():
        pytest.skip(f"no captures of real monitors at {SHARED} (set NURSE_STATION_SHARED)")
    return SHARED
