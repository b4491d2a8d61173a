"""An invented territory and an invented firm, seeded and labelled as invented."""

from maillon.demo.examples import write_examples

__all__ = ["write_examples"]
