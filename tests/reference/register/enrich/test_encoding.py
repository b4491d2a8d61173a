"""The encoding of a file is told by its bytes."""

import pytest

from maillon.reference.register.enrich.encoding import find_encoding

TEXT = "Société;chaudronnerie fine à l’ancienne;œuvre\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_encodings_of_official_files(tmp_path, encoding, found):
    path = tmp_path / "file.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert find_encoding(path) == found
    assert path.read_text(encoding=found) == TEXT


def test_bytes_that_windows_does_not_define_are_latin(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes("é\x81;à\n".encode("latin-1"))
    assert find_encoding(path) == "latin-1"


def test_one_broken_byte_does_not_spoil_a_file(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(TEXT.encode() * 10 + b"coup\xe9\n")
    assert find_encoding(path) == "utf-8"


def test_a_letter_cut_by_the_chunk_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("maillon.reference.register.enrich.encoding.CHUNK", 3)
    path = tmp_path / "file.csv"
    path.write_bytes(("aé" * 50).encode())
    assert find_encoding(path) == "utf-8"
