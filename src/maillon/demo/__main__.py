"""``python -m maillon.demo [FOLDER]`` writes the example files; the folder is ``examples`` unless named."""

from __future__ import annotations

import sys
from pathlib import Path

from maillon.demo.examples import write_examples

if __name__ == "__main__":
    for path in write_examples(Path(sys.argv[1] if len(sys.argv) > 1 else "examples")):
        sys.stdout.write(f"{path}\n")
