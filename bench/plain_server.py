# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of a folder by waitress, with nothing around it: what an answer costs at least.

python -m bench.plain_server FOLDER
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from waitress.server import create_server


def main() -> None:
    folder = Path(sys.argv[1])

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        body = (folder / Path(environ["PATH_INFO"]).name).read_bytes()
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [("Content-Type", "application/gzip"), length])
        return [body]

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    print(f"http://127.0.0.1:{server.effective_port}/ is served", flush=True)
    server.run()


if __name__ == "__main__":
    main()
