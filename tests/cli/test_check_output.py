# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``check`` prints and writes, through the real entry point."""

from __future__ import annotations

import json
import os
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.example import ADA, GOOD, LIST, Example
from tests.cli import schemas
from tests.cli.test_output import on_terminal
from tests.integration.driver import Mkit
from tests.integration.mboxes import mboxrd
from tests.unit.render.reports import spoilt_series

STOP = GOOD.with_(subject="[PATCH] pebble: mend it.")
RULES = ("--only", "subject-full-stop", "--only", "signoff-missing", "--profile", "kernel")


def file_of(mkit: Mkit, *examples: Example, name: str = "a.mbox") -> Path:
    path = mkit.base / name
    path.write_bytes(mboxrd([one.mail for one in examples]))
    return path


def test_json_is_by_the_schema(mkit: Mkit) -> None:
    path = file_of(mkit, *spoilt_series(2).series())
    value = mkit.json("check", "--profile", "kernel", path, code=1)
    schemas.check(value, "check")
    assert value["checked"] == 3
    assert value["summary"]["error"] >= 2
    assert value["profile"] == "kernel"
    assert {one["path"] for one in value["findings"]} == {str(path)}
    assert mkit.run("check", *RULES, "--format", "json", path, code=1).json["checked"] == 3


def test_text_has_line_and_caret(mkit: Mkit) -> None:
    path = file_of(mkit, STOP)
    text = mkit.run("check", *RULES, path).stdout
    assert f"{path}:4: warning: the subject ends with a full stop [subject-full-stop]\n" in text
    assert "\n    [PATCH] pebble: mend it.\n                           ^\n" in text
    brief = mkit.run("check", *RULES, "--brief", path).stdout
    assert brief == (
        f"{path}:4: warning: the subject ends with a full stop [subject-full-stop]\n"
        "1 patch checked (profile kernel; as asked): 1 warning\n"
    )


def test_colours_only_on_a_terminal_that_wants_them(mkit: Mkit) -> None:
    path = file_of(mkit, STOP)
    assert "\x1b[33m" in on_terminal(mkit, "check", *RULES, str(path))
    assert "\x1b" not in on_terminal(mkit, "check", *RULES, str(path), NO_COLOR="1")
    assert "\x1b" not in mkit.run("check", *RULES, path).stdout


def test_exit_styles(mkit: Mkit) -> None:
    warning, error = file_of(mkit, STOP), file_of(mkit, GOOD.with_(trailers=""), name="b")
    for path, plain, strict, nipa in ((warning, 0, 1, 250), (error, 1, 1, 1)):
        mkit.run("check", *RULES, path, code=plain)
        mkit.run("check", *RULES, path, "--fail-on", "warning", code=strict)
        mkit.run("check", *RULES, path, "--fail-on", "never", code=0)
        mkit.run("check", *RULES, path, "--exit-style", "nipa", code=nipa)


@pytest.mark.parametrize("name", ["two words", "a:b,%c", "::error::", os.fsdecode(b"a\xff")])
def test_hostile_names_of_files(mkit: Mkit, name: str) -> None:
    path = file_of(mkit, STOP, name=name)
    for form in ("text", "github", "patchwork", "json", "sarif"):
        text = mkit.run("check", *RULES, "--format", form, path).stdout
        assert text.strip()
        if form in ("json", "sarif"):
            json.loads(text)
        if form == "github":
            assert re.fullmatch(r"::warning file=[^:,]*,line=4,title=[^:,]*::.*\n", text)


def test_patchwork_is_an_object_a_line(mkit: Mkit) -> None:
    path = file_of(mkit, *spoilt_series(2).series())
    text = mkit.run("check", *RULES, "--format", "patchwork", path, code=1).stdout
    sent = [json.loads(line) for line in text.splitlines()]
    assert [(one["context"], one["state"]) for one in sent] == [
        ("mkit-signoff", "fail"),
        ("mkit-subject", "warning"),
        ("mkit-signoff", "fail"),
    ]


def test_explain(mkit: Mkit) -> None:
    text = mkit.run("check", "--explain", "MISSING_SIGN_OFF").stdout
    assert text.startswith("signoff-missing: ")
    head = text.partition("\nPasses:\n")[0]
    assert all(len(line) <= 80 or "https://" in line for line in head.splitlines())
    listed = mkit.run("check", "--explain", "all").stdout
    assert all(rule.id in listed for rule in all_rules())
    done = mkit.run("check", "--explain", "signof-missing", code=1)
    assert "did you mean signoff-missing" in done.stderr


def test_a_drafted_reply(mkit: Mkit) -> None:
    path = file_of(mkit, *spoilt_series(2).series())
    (mkit.home / "config").write_text(
        "[mkit]\n\tme = robin@lumen.example\n\tname = Robin Maintainer\n", encoding="utf-8"
    )
    done = mkit.run("check", *RULES, path, "--draft-reply", "-", code=1)
    mail = message_from_bytes(done.stdout.encode(), policy=default)
    assert mail["To"] == ADA
    assert mail["Cc"] == LIST
    assert mail["From"] == "Robin Maintainer <robin@lumen.example>"
    assert "profile kernel" not in done.stdout

    file = mkit.base / "reply.eml"
    told = mkit.run("check", *RULES, path, "--draft-reply", file, code=1)
    assert file.read_text(encoding="utf-8") == done.stdout
    assert "profile kernel" in told.stdout
    again = mkit.run("check", *RULES, path, "--draft-reply", file, code=1)
    assert "File exists" in again.stderr
    assert file.read_text(encoding="utf-8") == done.stdout


def test_no_draft_where_there_is_nothing_to_say_or_nobody_to_say_it_to(mkit: Mkit) -> None:
    file = mkit.base / "reply.eml"
    clean = file_of(mkit, GOOD)
    assert "no draft" in mkit.run("check", *RULES, clean, "--draft-reply", file).stderr
    two = file_of(mkit, STOP, STOP.with_(hours=40, subject="[PATCH] other: x."), name="two.mbox")
    done = mkit.run("check", *RULES, two, "--draft-reply", file, code=1)
    assert "2 were checked" in done.stderr
    assert not file.exists()


def test_a_reply_to_a_topic_of_the_index(mkit: Mkit) -> None:
    series = spoilt_series(2)
    mkit.run("import", file_of(mkit, *series.series()))
    done = mkit.run("check", *RULES, series.message_id, "--draft-reply", "-", code=1)
    mail = message_from_bytes(done.stdout.encode(), policy=default)
    assert mail["In-Reply-To"] == f"<{series.message_id}>"
    assert "Signed-off-by" in mail.get_content()
    assert "All patches:" not in mail.get_content()


def test_nobody_writes_without_an_address(mkit: Mkit) -> None:
    (mkit.home / "config").write_text("[mkit]\n\tprofile = kernel\n", encoding="utf-8")
    path = file_of(mkit, GOOD.with_(trailers=""))
    done = mkit.run("check", path, "--draft-reply", "-", code=1)
    assert "git config --global user.email" in done.stderr
    assert done.stdout == ""
