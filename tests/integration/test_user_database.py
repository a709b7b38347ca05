# SPDX-License-Identifier: GPL-2.0-or-later
"""A notmuch database that is the user's: used in place, by the user's rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import mail, part_id, posting
from tests.integration.driver import CONFIG, Mkit, states
from tests.integration.mboxes import maildir


def notmuch_config(path: Path, mail_root: Path | None = None, **more: str) -> str:
    root = f"mail_root={mail_root}\n" if mail_root else ""
    return (
        f"[database]\npath={path}\n{root}"
        "[user]\nname=Robin\nprimary_email=robin@lumen.example\nother_email=r@home.example\n"
        f"[new]\ntags={more.get('new_tags', 'unread;inbox')}\nignore=\n"
        f"[search]\nexclude_tags={more.get('exclude_tags', 'deleted;spam')}\n"
        "[maildir]\nsynchronize_flags=true\n"
    )


@pytest.fixture
def robin(tmp_path: Path) -> Mkit:
    """Robin's account: a Maildir that notmuch has indexed, no private home of mkit's."""
    mail_root = tmp_path / "user" / "Mail"
    maildir(mail_root / "lists", posting("there", 2), stem="l")
    maildir(mail_root / "private", [mail("lunch?", message_id="lunch@made.example")], stem="p")
    config = tmp_path / "notmuch-config"
    config.write_text(notmuch_config(mail_root), encoding="utf-8")
    made = Mkit(tmp_path).having(MKIT_HOME="", NOTMUCH_CONFIG=str(config))
    (tmp_path / "user" / ".gitconfig").write_text(CONFIG, encoding="utf-8")
    made.notmuch("new", "--quiet")
    return made


def data(robin: Mkit) -> Path:
    return robin.base / "user" / ".local" / "share" / "mkit"


def test_it_is_found_and_used_in_place(robin: Mkit) -> None:
    assert robin.topic(part_id("there", 0))["received"] == 2
    assert robin.topic("lunch@made.example")["kind"] == "discussion"
    kept = {path.name for path in data(robin).iterdir()}
    assert "catalogue.sqlite" in kept
    assert not kept & {"mail", "notmuch-config"}
    assert not (robin.base / "mkit").exists()


def test_imports_go_below_its_mail_root_with_the_tags_of_new_mail(robin: Mkit) -> None:
    assert robin.bring(*posting("brought", 1))["new"] == 2
    root = robin.base / "user" / "Mail"
    files = robin.notmuch("search", "--output=files", f"id:{part_id('brought', 1)}").split()
    assert [Path(one).parent for one in files] == [root / "mkit" / "cur"]
    assert {"unread", "inbox", "mkit/new"} <= robin.tags(part_id("brought", 1))
    before = robin.export()
    robin.notmuch("new", "--quiet")
    assert robin.export() == before
    assert robin.json("sync")["new"] == 0


def test_a_database_apart_from_the_mail(robin: Mkit) -> None:
    root = robin.base / "user" / "Mail"
    apart = robin.base / "apart"
    config = Path(robin.env["NOTMUCH_CONFIG"])
    apart.mkdir()
    config.write_text(notmuch_config(apart, root), encoding="utf-8")
    robin.notmuch("new", "--quiet")
    robin.bring(*posting("brought", 1))
    files = robin.notmuch("search", "--output=files", f"id:{part_id('brought', 1)}").split()
    assert [Path(one).parent for one in files] == [root / "mkit" / "cur"]
    assert robin.topic(part_id("there", 0))["received"] == 2


@pytest.mark.parametrize("place", ["XDG", "profile", "dotfile"])
def test_it_is_found_where_notmuch_looks(robin: Mkit, place: str) -> None:
    user = robin.base / "user"
    text = Path(robin.env["NOTMUCH_CONFIG"]).read_text(encoding="utf-8")
    found = robin.having(NOTMUCH_CONFIG="")
    target = {
        "XDG": user / ".config" / "notmuch" / "default" / "config",
        "profile": user / ".config" / "notmuch" / "work" / "config",
        "dotfile": user / ".notmuch-config",
    }[place]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    if place == "profile":
        found = found.having(NOTMUCH_PROFILE="work")
    assert found.topic(part_id("there", 0))["received"] == 2
    found.run("state", "accepted", part_id("there", 0))
    assert "mkit/accepted" in robin.tags(part_id("there", 2))


def test_sync_leaves_indexing_to_its_owner(robin: Mkit) -> None:
    robin.run("sync")
    maildir(robin.base / "user" / "Mail" / "lists", posting("later", 1), stem="n")
    assert robin.json("sync")["new"] == 0
    robin.notmuch("new", "--quiet")
    assert robin.json("sync")["new"] == 2


def test_hooks_of_its_owner_are_not_run(robin: Mkit) -> None:
    hooks = robin.base / "user" / "Mail" / ".notmuch" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("pre-new", "post-new", "post-insert"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {robin.base}/ran\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    robin.bring(*posting("brought", 1))
    robin.run("sync")
    assert not (robin.base / "ran").exists()


def test_a_query_limits_what_is_catalogued(robin: Mkit) -> None:
    robin.run("sync")
    assert len(robin.topics()) == 2
    git = ["git", "config", "--global", "mkit.query", "path:lists/** or path:mkit/**"]
    assert robin.program(git).code == 0
    assert [one["message_id"] for one in robin.topics()] == [part_id("there", 0)]
    assert "no message" in robin.run("show", "lunch@made.example", code=1).stderr
    robin.bring(*posting("brought", 1))
    assert len(robin.topics()) == 2
    assert not {"mkit", "mkit/new"} & robin.tags("lunch@made.example")
    assert robin.program(["git", "config", "--global", "--unset", "mkit.query"]).code == 0
    assert len(robin.topics()) == 3


def test_a_query_that_an_import_does_not_match(robin: Mkit) -> None:
    assert robin.program(["git", "config", "--global", "mkit.query", "path:lists/**"]).code == 0
    assert robin.bring(*posting("outside", 1))["new"] == 2
    assert [one["message_id"] for one in robin.topics()] == [part_id("there", 0)]
    assert robin.bring(*posting("outside", 1))["duplicates"] == 2
    assert part_id("outside", 1) in robin.indexed()


def test_a_query_that_notmuch_cannot_read_is_named(robin: Mkit) -> None:
    assert robin.program(["git", "config", "--global", "mkit.query", "date:nonsense.."]).code == 0
    told = robin.run("sync", code=1).stderr
    assert "date:nonsense" in told
    assert "Traceback" not in told


def test_excluded_mail_leaves_and_comes_back(robin: Mkit) -> None:
    robin.run("state", "accepted", part_id("there", 0))
    robin.notmuch("tag", "+spam", f"id:{part_id('there', 2)}")
    assert robin.json("sync")["vanished"] == 1
    assert robin.topic(part_id("there", 0))["received"] == 1
    robin.notmuch("tag", "-spam", f"id:{part_id('there', 2)}")
    robin.run("sync")
    topic = robin.topic(part_id("there", 0))
    assert (topic["received"], topic["states"]) == (2, {"accepted": 2})


def test_flags_and_tags_of_the_users_own_do_not_matter(robin: Mkit) -> None:
    robin.run("sync")
    before = robin.export()
    robin.notmuch("tag", "+flagged", "-unread", "-inbox", "--", "*")
    robin.notmuch("tag", "+todo", "+mkit/mine", f"id:{part_id('there', 1)}")
    robin.run("sync")
    assert robin.export() == before
    assert {"todo", "mkit/mine"} <= robin.tags(part_id("there", 1))
    assert states(robin.topic(part_id("there", 0)))[part_id("there", 1)] == "new"


def test_me_is_whom_notmuch_says(robin: Mkit) -> None:
    (robin.base / "user" / ".gitconfig").unlink()
    settings = {one["name"]: one for one in robin.json("config")["settings"]}
    assert settings["mkit.me"]["value"] == ["robin@lumen.example", "r@home.example"]


def test_a_private_home_leaves_it_alone(robin: Mkit) -> None:
    private = robin.having(MKIT_HOME=str(robin.home))
    private.bring(*posting("own", 1))
    assert len(private.topics()) == 1
    assert part_id("own", 1) not in robin.indexed()
