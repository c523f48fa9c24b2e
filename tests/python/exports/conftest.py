"""A brand that has nothing but downloads of platforms."""

from pathlib import Path

import pytest
from landing.conftest import Brand


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    return Brand(tmp_path, ["exports"])
