"""What every test shares: a home of its own, so that no snapshot of the machine is read or replaced."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLON_HOME", str(tmp_path_factory.mktemp("home")))
        yield
