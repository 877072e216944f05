"""Remake the pictures of ``docs/pictures`` from the real window: run ``python -m tests.pictures``.

The process that reads workbooks imports this module anew, within its bound on memory: so all that makes pictures is
imported only where they are made.
"""

import sys

if __name__ == "__main__":
    from tests.picture_scenes import main

    sys.exit(main())
