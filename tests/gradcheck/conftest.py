"""Makes the trials importable: the benchmark draws the same problems."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
