"""A busy day in a record, written once for all tests of paper."""

from pathlib import Path

import pytest
from paper_days import real_day


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Folder and name of a day of six hours at one value a second."""
    folder = tmp_path_factory.mktemp("real")
    return folder, real_day().write(folder)
