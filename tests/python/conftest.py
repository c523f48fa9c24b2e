"""What the tests of every part share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data_dir() -> Path:
    """The folder of the public data sets, which are not part of the project."""
    folder = os.environ.get("REAL_DATA_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set REAL_DATA_DIR to a folder with online_retail/, olist/ and tmall/")
    return Path(folder)
