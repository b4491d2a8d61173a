"""The step's names: all there, the heavy ones loaded only when they are asked for."""

import subprocess
import sys

import pytest

from maillon.method import search


def test_every_name_is_there():
    assert [name for name in search.__all__ if not hasattr(search, name)] == []
    assert set(search._PARTS) <= set(search.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = search.no_such_name


def test_reading_a_designation_loads_no_engine():
    heavy = "{'tantivy', 'duckdb', 'maillon.reference.register'}"
    code = (
        f"import sys; from maillon.method.search import read_designation; print({heavy} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
