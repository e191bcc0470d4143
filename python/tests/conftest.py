"""What several tests use."""

import sys
from pathlib import Path

import pytest

import tutur

sys.path.insert(0, str(Path(__file__).parent))

from articles import articles  # noqa: E402


@pytest.fixture(scope="session")
def pipeline() -> tutur.Pipeline:
    return tutur.Pipeline()


@pytest.fixture(scope="session")
def texts() -> list[str]:
    found = articles()
    assert len(found) > 1000
    return found
