"""A small invented register in use: the firms of the suppliers' tests, one with a hostile name."""

import pytest

from factories.register import write_snapshot
from maillon.reference.register import open_register
from maillon.reference.register.index import build_index
from method.search.suppliers.conftest import FAR, SIRET, told
from method.search.suppliers.conftest import firms as plain_firms

HOSTILE = "<script>alert('x')</script> & FILS"


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory):
    """Build the register once."""
    import polars as pl

    home = tmp_path_factory.mktemp("search-home")
    firms = plain_firms().with_columns(
        name=pl.when(pl.col("siret") == SIRET["likely"]).then(pl.lit(HOSTILE)).otherwise("name")
    )
    folder = write_snapshot(home / "snapshots" / "register-20261101-invented", firms, told())
    build_index(folder)
    (home / "snapshots" / "register.current").write_text(folder.name, encoding="utf-8")
    return home


@pytest.fixture
def register(snapshots, monkeypatch, tmp_path):
    """Put the register into use, in a home of its own so that corrections stay in the test."""
    (tmp_path / "snapshots").symlink_to(snapshots / "snapshots")
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path))
    return open_register()


__all__ = ["FAR", "HOSTILE", "SIRET"]
