# SPDX-License-Identifier: GPL-2.0-or-later
"""Every thread of an mbox as ``mkit serve --lore`` gives it, beside public-inbox-httpd.

    python -m bench.threads_beside_public_inbox MBOX

``t.mbox.gz`` of one mail of each thread with more than one, compared byte by byte.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from bench.lore_servers import serving_ours, serving_theirs
from bench.threads import header_ids
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from maintainer_kit.workflow.serving.threads import Threads


def asked(mbox: Path) -> list[str]:
    """A mail of each thread."""
    threads, known = Threads(), set()
    for one in MailSource([mbox]):
        if isinstance(one, SourceMail) and (ids := list(header_ids(one.raw))):
            threads.add(ids[0], ids[1:])
            known.add(ids[0])
    chosen = {threads.key(one): one for one in sorted(known, reverse=True)}
    return sorted(one for one in chosen.values() if len(threads.of(one)) > 1)


def thread(url: str, message_id: str) -> bytes:
    with urlopen(f"{url}/{quote(message_id, safe='@')}/t.mbox.gz") as answer:
        return gzip.decompress(answer.read())


def difference(ours: bytes, theirs: bytes) -> str:
    if ours == theirs:
        return "the same bytes"
    both = [sorted(one.split(b"\nFrom mboxrd@z ")) for one in (ours, theirs)]
    return "another order" if both[0] == both[1] else "other mails"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mbox", type=Path)
    mbox = parser.parse_args().mbox
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        base = Path(name)
        with (
            serving_ours(mbox, base / "ours") as ours,
            serving_theirs(mbox, base / "theirs") as theirs,
        ):
            found: Counter[str] = Counter()
            for message_id in asked(mbox):
                words = difference(thread(ours, message_id), thread(theirs, message_id))
                found[words] += 1
                if words != "the same bytes":
                    print(f"{words}: {message_id}")
    total = sum(found.values())
    print(f"{total} threads: {', '.join(f'{count} {words}' for words, count in found.items())}")


if __name__ == "__main__":
    main()
