"""Files of Beasley: what is read, what is asked for, what is refused."""

import pytest

from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.method.plan.pool.location import is_beasley, read_beasley

SMALL = " 2 3 \n 50 7.5 \n 40 9. \n 10 \n 1.5 2 \n 20 \n 3 4 \n 5 \n 6 7 \n"


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "small.txt"
        path.write_text(text)
        return path

    return write


def test_costs_are_for_the_whole_lot_and_by_line(written):
    path = written(SMALL)
    problem = read_beasley(path)
    assert is_beasley(path)
    assert problem.capacity.tolist() == [50, 40]
    assert problem.fixed.tolist() == [7.5, 9]
    assert problem.demand.tolist() == [10, 20, 5]
    assert problem.cost.tolist() == [[1.5, 3, 6], [2, 4, 7]]


def test_the_capacity_left_to_choose_is_asked_for_then_used(written):
    path = written(SMALL.replace("50", "capacity").replace("40", "capacity"))
    assert is_beasley(path)
    with pytest.raises(InvalidRequest, match="--capacity 8000"):
        read_beasley(path)
    assert read_beasley(path, 8000).capacity.tolist() == [8000, 8000]


def test_a_chosen_capacity_replaces_those_of_the_file(written):
    assert read_beasley(written(SMALL), 60).capacity.tolist() == [60, 60]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL[:-6], "should hold 15 figures"),
        (SMALL + " 1", "it holds 16"),
        (SMALL.replace("1.5", "abc"), "“abc” is no number"),
        ("need;volume\n1;2\n", "two whole numbers"),
        ("", "two whole numbers"),
    ],
)
def test_a_damaged_file_is_refused_in_words(written, text, said):
    with pytest.raises(RefusedFile, match=said):
        read_beasley(written(text))


@pytest.mark.parametrize("word", ["nan", "-3", "1e400"])
def test_figures_that_make_no_sense_are_refused(written, word):
    with pytest.raises(InvalidRequest):
        read_beasley(written(SMALL.replace(" 50", f" {word}")))


def test_no_capacity_anywhere_is_said(written):
    with pytest.raises(InvalidRequest, match="zero on every line"):
        read_beasley(written(SMALL), 0)


def test_a_table_of_needs_is_no_such_file(written):
    assert not is_beasley(written("firm;family;volume\nA;x;3\n"))
