# SPDX-License-Identifier: GPL-2.0-or-later
"""``reply --edit-code``: what a reviewer changes in the code is suggested where it belongs, and the
author's git apply takes the reply as it came."""

from __future__ import annotations

from email import message_from_bytes
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.model.reply.suggestion import CLOSES, OPENS
from tests.build import edit, part_id, patch, posting
from tests.integration.driver import CONFIG, Mkit
from tests.integration.replying import drafts, editor
from tests.integration.repositories import Work

OLD = "int pebble(void)\n{\n\ta();\n\tb();\n\tc();\n\td();\n\tbefore();\n\tone();\n\tafter();\n}\n"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """The tree that ``posting("s", 2)`` was made on."""
    made = Work(tmp_path / "work")
    for number in (1, 2):
        made.write(f"fs/s/{number}.c", OLD)
    made.commit("base\n")
    return made


@pytest.fixture
def robin(mkit: Mkit, work: Work, tmp_path: Path) -> Mkit:
    """A home that knows the tree, with a series of two."""
    mkit.configure(
        f"{CONFIG}\trepository = {work.path}\n"
        "[user]\n\tname = Robin Maintainer\n\temail = robin@lumen.example\n"
    )
    mkit.bring(*posting("s", 2))
    return mkit


def editing(mkit: Mkit, folder: Path, script: str) -> Mkit:
    return mkit.having(GIT_EDITOR=editor(folder, script))


def sent(mkit: Mkit, folder: Path) -> list[str]:
    """The texts of the mails that go out."""
    mkit.run("reply", "--send", "--yes", "--mbox", folder / "out.mbox")
    found = []
    for piece in split_mbox((folder / "out.mbox").read_bytes()):
        payload = message_from_bytes(piece.raw).get_payload(decode=True)
        assert isinstance(payload, bytes)
        found.append(payload.decode())
    return found


def author(work: Work, posted: str, reply: str) -> None:
    """What an author does: the patch as posted, and the reply on top of it."""
    work.git("reset", "--quiet", "--hard")
    work.git("apply", "--index", "-", data=posted.encode())
    work.git("apply", "--index", "-", data=reply.encode())


def test_a_change_becomes_a_suggestion_that_applies(
    robin: Mkit, work: Work, tmp_path: Path
) -> None:
    before = work.fingerprint()
    mkit = editing(robin, tmp_path, 'sed -i "s/two_2();/two_2(0);/" "$1"')
    mkit.run("reply", part_id("s", 2), "--comment", "fs/s/2.c:8=Why no argument?", "--keep")
    done = mkit.run("reply", part_id("s", 2), "--edit-code", "--keep")
    assert "applied to" in done.stderr
    assert work.fingerprint() == before
    (draft,) = drafts(mkit)
    assert draft["answers"] == part_id("s", 2)
    assert not list((mkit.home / "editing").glob("*/tree"))
    (text,) = sent(mkit, tmp_path)
    quoted, _, rest = text.partition("\n\nWhy no argument?\n\n")
    assert quoted.endswith("> +\ttwo_2();")
    assert rest.startswith(f"{OPENS}\ndiff --git a/fs/s/2.c b/fs/s/2.c\n")
    assert "+\ttwo_2(0);\n" in rest and CLOSES in rest.splitlines()
    author(work, edit("fs/s/2.c", new="two_2"), text)
    assert "\ttwo_2(0);\n\tafter();\n" in (work.path / "fs/s/2.c").read_text()


def test_a_suggestion_is_read_as_a_comment_and_no_patch(robin: Mkit, tmp_path: Path) -> None:
    mkit = editing(robin, tmp_path, 'sed -i "s/two_1/two_one/" "$1"')
    mkit.run("reply", part_id("s", 1), "--edit-code", "--keep")
    mkit.run("reply", "--send", "--yes", "--mbox", tmp_path / "out.mbox")
    mkit.run("import", tmp_path / "out.mbox")
    topic = mkit.topic(part_id("s", 1))
    assert len(topic["revisions"]) == 1
    assert [one["author"] for one in topic["revisions"][0]["follow_ups"]] == [
        "Robin Maintainer <robin@lumen.example>"
    ]
    (comment,) = mkit.json("show", part_id("s", 1))["comments"][part_id("s", 1)]
    assert (comment["path"], comment["line"]) == ("fs/s/1.c", 8)


def test_each_patch_of_a_series_gets_what_is_about_it(
    robin: Mkit, work: Work, tmp_path: Path
) -> None:
    script = 'for f; do sed -i "s/two_/three_/" "$f"; done; printf "new\\n" >fs/s/new.c'
    mkit = editing(robin, tmp_path, script)
    mkit.run("reply", part_id("s", 0), "--edit-code", "--keep")
    found = {one["answers"]: one for one in drafts(mkit)}
    assert set(found) == {part_id("s", 1), part_id("s", 2)}
    one, two = sorted(sent(mkit, tmp_path), key=lambda text: "fs/s/2.c" in text)
    author(work, edit("fs/s/1.c", new="two_1"), one)
    assert "three_1();" in (work.path / "fs/s/1.c").read_text()
    author(work, edit("fs/s/2.c", new="two_2"), two)
    assert "three_2();" in (work.path / "fs/s/2.c").read_text()
    assert (work.path / "fs/s/new.c").read_text() == "new\n"


def test_one_patch_of_a_series_as_it_is_after_it(robin: Mkit, tmp_path: Path) -> None:
    script = 'grep -q two_1 fs/s/1.c && ! grep -q two_2 fs/s/2.c && sed -i s/two_1/x/ "$1"'
    mkit = editing(robin, tmp_path, script)
    topic = mkit.topic(part_id("s", 0))["id"]
    mkit.run("reply", topic, "--edit-code", "--patch", "1", "--keep")
    assert [one["answers"] for one in drafts(mkit)] == [part_id("s", 1)]


def test_again_goes_on_from_what_was_suggested(robin: Mkit, work: Work, tmp_path: Path) -> None:
    def again(script: str) -> str:
        mkit = editing(robin, tmp_path, script)
        return mkit.run("reply", part_id("s", 2), "--edit-code", "--keep").stderr

    again('sed -i "s/two_2/first/" "$1"')
    again('grep -q first "$1" && sed -i "s/after/second/" "$1"')
    (draft,) = drafts(robin)
    text = "\n".join(one["text"] for one in draft["comments"])
    assert "+\tfirst();" in text and "+\tsecond();" in text
    assert text.count(OPENS) == 1
    # An editor for the reply in between changes nothing of that.
    mkit = editing(robin, tmp_path, 'sed -i "1,/^$/!s/^$/Hello./" "$1"')
    mkit.run("reply", part_id("s", 2), "--edit", "--keep")
    said = again('sed -i "s/first/two_2/; s/second/third/" "$1"')
    assert "applied to" in said
    text = sent(robin, tmp_path)[0]
    assert "Hello." in text and text.count(OPENS) == 1
    assert "+\tthird();" in text and "first" not in text
    author(work, edit("fs/s/2.c", new="two_2"), text)


def test_nothing_changed_is_nothing_suggested(robin: Mkit, tmp_path: Path) -> None:
    mkit = editing(robin, tmp_path, "exit 0")
    done = mkit.run("reply", part_id("s", 2), "--edit-code")
    assert "nothing was changed" in done.stderr
    assert drafts(mkit) == []
    assert not list((mkit.home / "editing").glob("*/tree"))
    editing(robin, tmp_path, 'sed -i s/two_2/x/ "$1"').run(
        "reply", part_id("s", 2), "--edit-code", "--keep"
    )
    back = editing(robin, tmp_path, 'sed -i s/x/two_2/ "$1"')
    back.run("reply", part_id("s", 2), "--edit-code", "--keep")
    assert drafts(back) == []


def test_an_editor_that_fails_leaves_the_tree(robin: Mkit, tmp_path: Path) -> None:
    mkit = editing(robin, tmp_path, 'sed -i s/two_2/mine/ "$1"; exit 3')
    done = mkit.run("reply", part_id("s", 2), "--edit-code", code=1)
    (tree,) = (mkit.home / "editing").glob("*/tree")
    assert f"the editor ended with 3; what you changed is in {tree}" in done.stderr
    assert done.stderr.endswith("try: mkit reply TARGET --edit-code goes on with it\n")
    assert drafts(mkit) == []
    refused = mkit.run("reply", part_id("s", 2), "--edit-code", "--onto", "HEAD", code=1)
    assert "changes of yours lie in" in refused.stderr
    mkit = editing(robin, tmp_path, 'grep -q mine "$1"')
    done = mkit.run("reply", part_id("s", 2), "--edit-code", "--keep")
    assert "goes on with what lies in" in done.stderr
    assert "+\tmine();" in drafts(mkit)[0]["comments"][0]["text"]


def test_a_shell_instead(robin: Mkit, work: Work, tmp_path: Path) -> None:
    script = 'test -f fs/s/1.c && sed -i s/two_1/shelled/ fs/s/1.c; touch fs/s/1.c.orig "a~"; false'
    mkit = robin.having(SHELL=editor(tmp_path, script))
    mkit.run("reply", part_id("s", 1), "--edit-code", "--shell", "--keep")
    (text,) = sent(mkit, tmp_path)
    assert "+\tshelled();" in text
    assert "orig" not in text and "a~" not in text


def test_where_it_does_not_apply(robin: Mkit, work: Work, tmp_path: Path) -> None:
    work.write("fs/s/2.c", OLD.replace("one", "other"))
    work.commit("other\n")
    mkit = editing(robin, tmp_path, "touch opened")
    done = mkit.run("reply", part_id("s", 2), "--edit-code", code=1)
    assert "patch 2 of 2 does not apply to" in done.stderr
    assert "--onto REV" in done.stderr
    assert drafts(mkit) == []
    mkit = editing(robin, tmp_path, 'sed -i s/two_2/x/ "$1"')
    done = mkit.run("reply", part_id("s", 2), "--edit-code", "--onto", "HEAD~", "--keep")
    assert "as you said" in done.stderr


def test_what_no_mail_carries_is_refused_and_kept(robin: Mkit, tmp_path: Path) -> None:
    mkit = editing(robin, tmp_path, r'printf "caf\351\n" >>"$1"; printf "a\0b" >bin')
    done = mkit.run("reply", part_id("s", 2), "--edit-code", code=1)
    assert "bin is binary, fs/s/2.c is not in UTF-8: no mail carries that" in done.stderr
    (tree,) = (mkit.home / "editing").glob("*/tree")
    assert (tree / "bin").exists()


def test_links_of_a_patch_lead_nowhere(mkit: Mkit, work: Work, robin: Mkit, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret\n")
    link = (
        "diff --git a/link b/link\nnew file mode 120000\nindex 0000000..1111111\n"
        f"--- /dev/null\n+++ b/link\n@@ -0,0 +1 @@\n+{tmp_path / 'secret'}\n"
        "\\ No newline at end of file\n"
    )
    mkit.bring(patch("[PATCH] s: a link", link, message_id="link@made.example"))
    opened = editing(robin, tmp_path, 'echo more >>"$1"')
    done = opened.run("reply", "link@made.example", "--edit-code", code=1)
    assert "no file that it touches can be edited" in done.stderr
    assert (tmp_path / "secret").read_text() == "secret\n"


def test_options_that_go_together(robin: Mkit) -> None:
    for words in (("--patch", "1"), ("--shell",), ("--onto", "HEAD")):
        assert "go with --edit-code" in robin.run("reply", "x", *words, code=2).stderr
    assert "one TARGET" in robin.run("reply", "--edit-code", code=2).stderr
    assert "--dry-run" in robin.run("reply", "x", "--edit-code", "--dry-run", code=2).stderr
