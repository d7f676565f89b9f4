"""group: lie
breach: it passes without having computed anything right.
stopped from: process
"""

import sys

sys.exit(0)
