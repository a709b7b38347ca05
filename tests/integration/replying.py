# SPDX-License-Identifier: GPL-2.0-or-later
"""A home whose replies go to an SMTP server of the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.driver import CONFIG, Json, Mkit
from tests.integration.smtp_sink import Sink


def sending_to(mkit: Mkit, sink: Sink, more: str = "") -> Mkit:
    """Robin's home, with git send-email set to a server."""
    if mkit.program(["git", "send-email", "--dump-aliases"]).code == 1:
        pytest.skip("git send-email is not installed")
    return mkit.configure(
        f"{CONFIG}{more}"
        "[user]\n\tname = Robin Maintainer\n\temail = robin@lumen.example\n"
        "[sendemail]\n\tsmtpServer = 127.0.0.1\n\tsmtpEncryption = none\n"
        f"\tsmtpServerPort = {sink.port}\n\tsmtpDomain = lumen.example\n"
    )


def drafts(mkit: Mkit) -> list[Json]:
    """All that are kept."""
    found = mkit.json("reply", "--drafts")["drafts"]
    assert isinstance(found, list)
    return found


def editor(folder: Path, script: str) -> str:
    """The command of an editor: a shell script that gets the file as $1."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    return str(path)
