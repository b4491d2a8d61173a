from pathlib import Path

import pytest

ORACLES = Path(__file__).resolve().parents[2] / "../shared/data/ref"


@pytest.fixture
def oracle():
    """Give the path of a local oracle, or skip the test with its name."""

    def find(name: str) -> Path:
        path = ORACLES / name
        if not path.is_file():
            pytest.skip(f"{name} is not in ../shared/data/ref")
        return path

    return find
