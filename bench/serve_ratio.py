# SPDX-License-Identifier: GPL-2.0-or-later
"""How quickly ``mkit serve --lore`` answers with a thread, beside public-inbox-httpd.

    python -m bench.serve_ratio MBOX [--clients N] [--requests N] [--mails N]

Clients that keep their connection ask, each after its last answer, for threads of about 30 mails;
first each thread once, then the same again. Limit: p95 < 20 ms with 8 clients.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.lore_servers import first_mails, serving_ours, serving_theirs


def fetch(connection: HTTPConnection, path: str) -> tuple[float, bytes]:
    """Seconds from the request to the last byte, and the bytes."""
    start = time.perf_counter()
    connection.request("GET", path)
    reply = connection.getresponse()
    body = reply.read()
    assert reply.status == 200, (path, reply.status)
    return time.perf_counter() - start, body


def client(url: str, ids: Sequence[str], requests: int) -> list[float]:
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    try:
        paths = [f"{place.path}/{quote(one, safe='@')}/t.mbox.gz" for one in ids]
        return [fetch(connection, paths[at % len(paths)])[0] for at in range(requests)]
    finally:
        connection.close()


def load(url: str, ids: Sequence[str], clients: int, requests: int) -> list[float]:
    """Seconds of all answers; each client begins at another thread."""
    with ThreadPoolExecutor(clients) as pool:
        turned = [[*ids[at:], *ids[:at]] for at in range(clients)]
        runs = [pool.submit(client, url, one, requests) for one in turned]
        return [seconds for run in runs for seconds in run.result()]


def threads_of(url: str, ids: Sequence[str], mails: int, wanted: int) -> list[str]:
    """Series whose threads have about as many mails."""
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    sizes = {}
    for one in ids:
        _, body = fetch(connection, f"{place.path}/{quote(one, safe='@')}/t.mbox.gz")
        sizes[one] = gzip.decompress(body).count(b"From mboxrd@z ")
    connection.close()
    return sorted(sizes, key=lambda one: (abs(sizes[one] - mails), one))[:wanted]


def told(name: str, seconds: Sequence[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"{name}: p50 {cuts[49] * 1000:.1f} ms, p95 {cuts[94] * 1000:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--mails", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        with (
            serving_ours(options.mbox, base / "ours") as ours,
            serving_theirs(options.mbox, base / "theirs") as theirs,
        ):
            known = [one for one, _ in first_mails(base / "ours")]
            ids = threads_of(theirs, known, options.mails, 2 * options.clients)
            for title, url in (("mkit", ours), ("public-inbox", theirs)):
                first = load(url, ids, options.clients, len(ids) // options.clients)
                print(told(f"{title}, first asked", first))
                print(told(title, load(url, ids, options.clients, options.requests)))


if __name__ == "__main__":
    main()
