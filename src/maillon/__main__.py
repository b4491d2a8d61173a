"""``python -m maillon``."""

from maillon.cli.main import main

main()
