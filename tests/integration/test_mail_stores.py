# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail stores as people have them: what mbsync, Dovecot, lieer, offlineimap and mutt make."""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.build import mail, part_id, posting, reply
from tests.integration.dovecot import Dovecot, serving_imap
from tests.integration.driver import CONFIG, Mkit, states
from tests.integration.mboxes import maildir
from tests.integration.test_user_database import notmuch_config

MAILS = [
    *posting("foo", 3),
    reply(part_id("foo", 1), "Reviewed-by: Bo Reviewer <bo@shale.example>\n"),
    *posting("foo", 3, revision=2),
    mail("lunch?", message_id="lunch@made.example"),
]


@pytest.fixture
def robin(tmp_path: Path) -> Mkit:
    """Robin's account, whose notmuch knows a mail root with nothing in it."""
    root = tmp_path / "user" / "Mail"
    root.mkdir(parents=True)
    config = tmp_path / "notmuch-config"
    config.write_text(notmuch_config(root), encoding="utf-8")
    (tmp_path / "user" / ".gitconfig").write_text(CONFIG, encoding="utf-8")
    return Mkit(tmp_path).having(MKIT_HOME="", NOTMUCH_CONFIG=str(config))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What an import of the same mails gives."""
    other = Mkit(tmp_path_factory.mktemp("imported")).configure()
    other.bring(*MAILS)
    return other.export()


def root_of(robin: Mkit) -> Path:
    return robin.base / "user" / "Mail"


def caught_up(robin: Mkit) -> list[str]:
    """What is known after the user's own indexing and a sync."""
    robin.notmuch("new", "--quiet")
    robin.run("sync")
    return robin.export()


def put(folder: Path, raws: Sequence[bytes], name: Callable[[int], str]) -> list[Path]:
    """A Maildir with mails under names of a program; those without flags are new."""
    maildir(folder, [])
    paths = []
    for at, raw in enumerate(raws):
        path = folder / ("cur" if ":2," in name(at) else "new") / name(at)
        path.write_bytes(raw)
        paths.append(path)
    return paths


NAMES: dict[str, Callable[[int], str]] = {
    "mbsync": lambda at: f"1767600000.{at}_1.desk,U={at + 1}:2,S",
    "mbsync, new": lambda at: f"1767600000.{at}_1.desk,U={at + 1}",
    "Dovecot": lambda at: f"1767600000.M{at}P7.desk,S=700,W=720:2,Sa",
    "offlineimap": lambda at: f"1767600000_{at}.99.desk,U={at},FMD5=7e33429f656f1e6e9d79b29c:2,S",
    "lieer": lambda at: f"16a1b2c3d4e5f6{at:02x}:2,",
    "mutt": lambda at: f"1767600000.R9{at}.desk:2,RS",
}


@pytest.mark.parametrize("program", NAMES)
def test_names_of_programs(robin: Mkit, imported: list[str], program: str) -> None:
    inbox = root_of(robin) / "INBOX"
    paths = put(inbox, MAILS, NAMES[program])
    for name in (".uidvalidity", ".mbsyncstate", "dovecot-uidlist", "dovecot.index.log"):
        (inbox / name).write_bytes(b"1767600000\n7\n")
    assert caught_up(robin) == imported
    robin.run("state", "accepted", part_id("foo", 1, 2))
    before = robin.export()
    # All are read, answered and flagged: other names, and none stays in new/.
    for path in paths:
        path.rename(inbox / "cur" / f"{path.name.partition(':2,')[0]}:2,FRS")
    assert caught_up(robin) == before
    # Another number of IMAP is another name altogether.
    for path in sorted((inbox / "cur").iterdir()):
        path.rename(path.with_name(path.name.replace("desk", "desk,U=77")))
    assert caught_up(robin) == before


@pytest.mark.parametrize(
    "form", ["lists/foo", ".lists.foo", "lists.foo", "[Gmail]/All Mail", "a/b"]
)
def test_forms_of_folders(robin: Mkit, imported: list[str], form: str) -> None:
    """mbsync's Verbatim, Maildir++ and Legacy, and Gmail's own names."""
    put(root_of(robin), MAILS[:3], NAMES["mbsync"])
    put(root_of(robin) / form, MAILS[3:], NAMES["mbsync"])
    assert caught_up(robin) == imported


def test_moved_between_folders(robin: Mkit, imported: list[str]) -> None:
    paths = put(root_of(robin) / "INBOX", MAILS, NAMES["mbsync, new"])
    caught_up(robin)
    robin.run("state", "rejected", part_id("foo", 0, 2))
    before = robin.export()
    maildir(root_of(robin) / ".archive.2026", [])
    for path in paths[::2]:
        # mutt writes a new name into the other folder.
        path.rename(root_of(robin) / ".archive.2026" / "cur" / f"1767700000.{path.name[11:13]}:2,S")
    assert caught_up(robin) == before
    assert set(states(robin.topic(part_id("foo", 0, 2))).values()) >= {"rejected"}


def test_copies_in_many_folders(robin: Mkit, imported: list[str]) -> None:
    """Gmail shows a mail under each of its labels."""
    for label in ("INBOX", "[Gmail]/All Mail", "lists", "important"):
        put(root_of(robin) / label, MAILS, NAMES["offlineimap"])
    assert caught_up(robin) == imported
    for path in (root_of(robin) / "lists" / "cur").iterdir():
        path.unlink()
    assert caught_up(robin) == imported


def test_excluded_tags(robin: Mkit) -> None:
    put(root_of(robin) / "INBOX", MAILS, NAMES["mbsync"])
    everything = caught_up(robin)
    robin.notmuch("tag", "+deleted", "id:lunch@made.example")
    robin.run("sync")
    assert len(robin.export()) == len(everything) - 1
    robin.notmuch("config", "set", "search.exclude_tags", "")
    robin.run("rebuild")
    assert robin.export() == everything


@pytest.mark.slow
def test_two_thousand_folders(robin: Mkit, imported: list[str]) -> None:
    for at in range(2000):
        folder = root_of(robin) / f".lists.{at % 50}.{at}"
        put(folder, MAILS[at // 200 : at // 200 + 1] if at % 200 == 7 else (), NAMES["mbsync"])
    assert caught_up(robin) == imported
    assert robin.json("sync")["new"] == 0


CHANNEL = """
IMAPStore far
Host 127.0.0.1
Port {port}
User robin
Pass unused
SSLType None

MaildirStore near
{path}
Inbox {root}/INBOX
SubFolders {form}

Channel all
Far :far:
Near :near:
Patterns *
Create Near
Remove None
Expunge Both
Sync All
CopyArrivalDate yes
SyncState *
"""


def flags_there(server: Dovecot, folder: str) -> dict[str, bytes]:
    """Flags on the server, by Message-ID."""
    with server.client() as client:
        client.select(folder, readonly=True)
        found = {}
        _, answer = client.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        for one in answer:
            if isinstance(one, tuple):
                message_id = one[1].decode().partition("<")[2].partition(">")[0]
                found[message_id] = b" ".join(imaplib.ParseFlags(one[0]))
    return found


def fill(server: Dovecot, folder: str, raws: Sequence[bytes]) -> None:
    with server.client() as client:
        client.create(folder)
        for raw in raws:
            kind, told = client.append(folder, "", "", raw.replace(b"\n", b"\r\n"))
            assert kind == "OK", told


@pytest.mark.slow
@pytest.mark.parametrize("form", ["Verbatim", "Maildir++", "Legacy"])
def test_mbsync_with_dovecot(
    robin: Mkit, imported: list[str], needs_tool: Callable[[str], str], form: str
) -> None:
    mbsync = needs_tool("mbsync")
    settings = robin.base / "mbsyncrc"
    with serving_imap() as server:
        root = root_of(robin)
        # Maildir++ has all folders in that of the inbox.
        path = "" if form == "Maildir++" else f"Path {root}/"
        text = CHANNEL.format(port=server.port, root=root, form=form, path=path)
        settings.write_text(text.replace("\n\nInbox", "\nInbox"))

        def synced() -> list[str]:
            done = robin.program([mbsync, "--config", str(settings), "--all"])
            assert done.code == 0, done.stdout + done.stderr
            return caught_up(robin)

        fill(server, "INBOX", MAILS[:3])
        fill(server, "lists/foo", MAILS[3:])
        assert synced() == imported, "as imported"

        # Both sides change flags; Robin decides.
        robin.run("state", "accepted", part_id("foo", 1, 2))
        before = robin.export()
        robin.notmuch("tag", "-unread", f"id:{part_id('foo', 1)}")
        with server.client() as client:
            client.select("INBOX")
            client.store("1", "+FLAGS", r"(\Flagged)")
        assert synced() == before
        assert rb"\Seen" in flags_there(server, "INBOX")[part_id("foo", 1)]
        assert "flagged" in robin.tags(part_id("foo", 0))
        assert states(robin.topic(part_id("foo", 1, 2)))[part_id("foo", 1, 2)] == "accepted"

        # Another client moves all of the inbox: other folders, other numbers, the same mail.
        with server.client() as client:
            client.select("INBOX")
            client.copy("1:*", "lists/foo")
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()
        assert synced() == before
        assert not [*(root / "INBOX" / "cur").iterdir(), *(root / "INBOX" / "new").iterdir()]
