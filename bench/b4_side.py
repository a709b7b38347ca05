# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs on b4's interpreter, for the programs that measure mkit beside b4: b4 as it is there,
nothing of mkit. One JSON object a line comes in, and for each one goes out.

    PYTHON_OF_B4 b4_side.py sees|am|time < REQUESTS
"""

from __future__ import annotations

import argparse
import contextlib
import email.parser
import importlib
import json
import logging
import mailbox
import os
import sys
import time
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

b4: Any = importlib.import_module("b4")
_AM = ("--offline-mode", "--no-stdin", "-c", "b4.attestation-policy=off", "am")


def _offline() -> None:
    b4.can_network = False
    b4.setup_config(argparse.Namespace(config={}))
    b4.MAIN_CONFIG["attestation-policy"] = "off"
    b4.logger.setLevel(logging.CRITICAL)


def _mailbox(messages: Sequence[Any]) -> Any:
    box = b4.LoreMailbox()
    for message in messages:
        # b4 refuses what has no Message-ID.
        with contextlib.suppress(ValueError):
            box.add_message(message)
    return box


def _series(messages: Sequence[Any], asked: str) -> dict[str, Any] | None:
    """The series that a patch is in, by the thread that ``b4 am -m MBOX ASKED`` takes out.

    What b4 makes of a thread depends on the order of its mails, and that on which one was asked
    for. get_series wants a fresh mailbox each time.
    """
    thread = b4.get_strict_thread(messages, asked) or []
    box = _mailbox(thread)
    holds = (n for n, one in box.series.items() if asked in {p.msgid for p in one.patches if p})
    revision = next(holds, None)
    series = box.get_series(revision) if revision is not None else None
    if series is None:
        return None
    own = [one for one in series.patches[1:] if one and not _is_older(one)]
    return {
        "asked": asked,
        "is_first": bool(own) and own[0].msgid == asked,
        "revision": revision,
        "cover": series.patches[0].msgid if series.patches[0] else "",
        "complete": bool(series.complete),
        "partial": bool(series.partial_reroll),
    }


def _is_older(patch: Any) -> bool:
    """A patch that a partial reroll took over from an older revision."""
    return patch.reroll_from_revision not in (None, patch.revision)


def _sees(request: dict[str, Any]) -> list[dict[str, Any]]:
    """For each patch of a thread the series that b4 has it in."""
    messages = b4.get_msgs_from_mailbox_or_maildir(request["mbox"])
    asked = []
    for message in messages:
        subject = b4.LoreSubject(message.get("Subject", ""))
        message_id = b4.LoreMessage.get_clean_msgid(message)
        if message_id and not subject.reply and subject.counter:
            asked.append(message_id)
    found = (_series(messages, one) for one in dict.fromkeys(asked))
    return [one for one in found if one]


def _am(request: dict[str, Any]) -> dict[str, Any]:
    """Run b4's own command in a child that knows nothing of earlier ones."""
    outdir = Path(request["outdir"])
    outdir.mkdir()
    argv = [*_AM, "-m", request["mbox"], "-o", str(outdir)]
    argv += ["-v", str(request["revision"])] if request["revision"] else []
    child = os.fork()
    if not child:
        _become([*argv, request["asked"]], outdir / "log")
    _, status = os.waitpid(child, 0)
    written = sorted(outdir.glob("*.mbx"))
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "log": (outdir / "log").read_text("utf-8", "replace"),
        "mbox": str(written[0]) if written else "",
    }


def _become(argv: list[str], log: Path) -> None:
    """Be ``b4 ARGV``, and end."""
    code = 1
    try:
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        sys.argv = ["b4", *argv]
        importlib.import_module("b4.command").cmd()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:  # a bug of b4 is a result, too
        os.write(2, f"{type(error).__name__}: {error}".encode())
    finally:
        logging.shutdown()
        os._exit(code)


def _raw_mails(path: str) -> list[bytes]:
    box = mailbox.mbox(path, create=False)
    return [box.get_bytes(key) for key in box.iterkeys()]


def _time(request: dict[str, Any]) -> dict[str, Any]:
    """CPU seconds for making LoreMessages of bytes, and for that and all series of all threads."""
    threads = [_raw_mails(path) for path in request["mboxes"]]
    parser = email.parser.BytesParser(EmailMessage, policy=b4.emlpolicy)
    start = time.process_time()
    boxes = [_mailbox([parser.parsebytes(raw) for raw in thread]) for thread in threads]
    middle = time.process_time()
    for box in boxes:
        for revision in sorted(box.series):
            box.get_series(revision)
    end = time.process_time()
    size = sum(map(len, threads))
    return {"messages": size, "reading": middle - start, "whole": end - start}


_ANSWERS: dict[str, Callable[[dict[str, Any]], Any]] = {"sees": _sees, "am": _am, "time": _time}


def main() -> None:
    answer = _ANSWERS[sys.argv[1]]
    if sys.argv[1] != "am":
        _offline()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
