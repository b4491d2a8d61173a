"""Words near others, against comparing every word with every other."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from maillon.reference.register.names.spelling import near_words, remainders_of
from maillon.reference.register.names.trigrams import similar_words, trigrams_of

#: Few letters, so that words are often near each other.
_WORDS = st.lists(st.text("abc", min_size=4, max_size=8), min_size=1, max_size=12, unique=True)


@settings(max_examples=150, deadline=None)
@given(_WORDS, _WORDS)
def test_words_one_letter_off_are_all_found_and_no_others(asked, words):
    found = near_words(asked, remainders_of(words), words)
    every = ((i, j) for i in range(len(asked)) for j in range(len(words)))
    expected = {(i, j) for i, j in every if OSA.distance(asked[i], words[j]) == 1}
    assert set(zip(*(part.tolist() for part in found), strict=True)) == expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("abcdefgh", min_size=9, max_size=14), min_size=1, max_size=8, unique=True),
    st.integers(0, 8),
    st.sampled_from("xyz"),
)
def test_words_at_most_two_letters_off_are_found_by_the_runs_they_keep(words, place, letter):
    """A last letter replaced leaves every run but the last."""
    asked = [words[place % len(words)][:-1] + letter]
    found = similar_words(asked, trigrams_of(words), words)
    pairs = set(zip(*(part.tolist() for part in found), strict=True))
    assert (0, place % len(words)) in pairs
    assert all(OSA.distance(asked[i], words[j]) <= 2 for i, j in pairs)
