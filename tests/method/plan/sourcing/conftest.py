"""The instances of the benchmark serve the tests too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[4]))  # the benchmarks are no installed package
