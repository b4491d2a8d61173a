"""The part → process lexicon: what parts are called, what they are, and how they are made."""

from maillon.reference.classifications.lexicon.nouns import PartNoun, all_nouns, find_noun

__all__ = ["PartNoun", "all_nouns", "find_noun"]
