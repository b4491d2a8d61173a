from pathlib import Path

import pytest

from maillon.demo import write_examples


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example files of seed 1 by the first word of their name, written once for all tests."""
    paths = write_examples(tmp_path_factory.mktemp("examples"))
    return {"fec" if "FEC" in path.name else path.stem.removesuffix("-2025"): path for path in paths}
