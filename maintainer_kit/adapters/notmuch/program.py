# SPDX-License-Identifier: GPL-2.0-or-later
"""The process that ``index_worker.py`` talks to: adds files to a notmuch index, a batch a line.

In: ``{"items": [[path, [tag, ...]], ...]}``. Out: ``{"before": [uuid, lastmod],
"added": [[message_id, was_known], ...], "after": [uuid, lastmod]}`` or ``{"locked": words}`` or
``{"failed": words}``.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.errors import IndexFailure, IndexLocked

_WAIT = 600.0


def _add(database: Path, config: Path | None, request: dict[str, Any]) -> dict[str, Any]:
    index = NotmuchIndex(database, config, "", None)
    items = [(path, frozenset(tags)) for path, tags in request["items"]]
    try:
        with index.writing(_WAIT) as writer:
            before = writer.revision()
            added = writer.add(items)
            after = writer.revision()
    except IndexLocked as error:
        return {"locked": error.message}
    except IndexFailure as error:
        return {"failed": error.message}
    return {
        "before": [before.uuid, before.lastmod],
        "added": added,
        "after": [after.uuid, after.lastmod],
    }


def main() -> None:
    """The child's side."""
    # ^C on the terminal reaches us too: the parent decides what is done about it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    database, config = Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None
    for line in sys.stdin:
        answer = json.dumps(_add(database, config, json.loads(line)))
        try:
            print(answer, flush=True)
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main()
