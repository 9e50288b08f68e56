"""`python -m kairo` runs the console script `kairo`."""

import sys

from kairo.cli import main

if __name__ == "__main__":
    sys.exit(main())
