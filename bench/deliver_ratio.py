# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit deliver`` of one mail costs, beside the imports of its peer and ``notmuch insert``.

    python -m bench.deliver_ratio MBOX [--rounds N]

Limit of the project: 3x ``python -c "import notmuch2, sqlite3, email"``, fsync included. Every
round delivers another mail of MBOX by each, in turn. mkit is measured twice: with a private home,
and with a notmuch database of the user's, which is to be found first.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from bench.home import MKIT, ROOT, bare_environment
from bench.whole_process import Cost, best, medians, run, told
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.ports import BrokenMail

_PEER = [sys.executable, "-c", "import notmuch2, sqlite3, email"]
_DELIVER = [*MKIT, "deliver"]
_INSERT = ["notmuch", "insert", "--folder=insert", "--create-folder"]


def _prepare(base: Path) -> dict[str, str]:
    """The environment of a user with an empty notmuch database."""
    mail = base / "Mail"
    mail.mkdir()
    text = f"[database]\npath={mail}\n[user]\nprimary_email=robin@lumen.example\n"
    (base / ".notmuch-config").write_text(text)
    env = {**bare_environment(base), "PYTHONPATH": str(ROOT)}
    subprocess.run(["notmuch", "new", "--quiet"], env=env, check=True)
    return env


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("mbox", type=Path)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    mails = (one.raw for one in MailSource([options.mbox]) if not isinstance(one, BrokenMail))
    with tempfile.TemporaryDirectory(prefix="mkit-deliver-") as work:
        env = _prepare(Path(work))
        private = {**env, "MKIT_HOME": f"{work}/private"}
        commands = {
            "the peer's imports": (_PEER, env),
            "mkit deliver": (_DELIVER, private),
            "mkit deliver, user's": (_DELIVER, env),
            "notmuch insert": (_INSERT, env),
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for number, raw in enumerate(islice(mails, options.rounds + 1)):
            for name, (argv, where) in commands.items():
                cost = run(argv, where, b"" if argv is _PEER else raw)[0]
                if number:  # the first one finds nothing cached
                    costs[name].append(cost)
    for name, found in costs.items():
        middle, least = medians(found), best(found)
        print(f"{name:20} {middle.wall * 1000:6.1f} ms, at best {least.wall * 1000:6.1f} ms")
    peer = costs["the peer's imports"]
    for name in ("mkit deliver", "mkit deliver, user's"):
        print(f"{name} / imports (limit 3): {told(costs[name], peer)}")
        print(f"{name} / notmuch insert: {told(costs[name], costs['notmuch insert'])}")


if __name__ == "__main__":
    main()
