# SPDX-License-Identifier: GPL-2.0-or-later
"""Another Python that runs a module of ours.

``-m`` and ``-c`` look for modules in the current folder first, and that may be anybody's: a
repository that was cloned for a look at it.
"""

from __future__ import annotations

import os
import sys


def own_python(module: str, *args: str) -> list[str]:
    """The command line that runs ``main`` of a module, found where this process finds it."""
    places = os.pathsep.join(one for one in sys.path if one)
    start = (
        f"import sys; sys.path[:] = sys.argv.pop(1).split({os.pathsep!r});"
        f" from {module} import main; main()"
    )
    return [sys.executable, "-P", "-c", start, places, *args]
