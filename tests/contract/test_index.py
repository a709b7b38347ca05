# SPDX-License-Identifier: GPL-2.0-or-later
"""The port MailIndex: in memory and on a real notmuch database."""

from __future__ import annotations

import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maintainer_kit.adapters.home import Home
from maintainer_kit.adapters.mail.maildir import Maildir
from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.adapters.notmuch.own import Found, OwnNotmuch
from maintainer_kit.errors import IndexLocked, Refused
from maintainer_kit.workflow.ports import IndexedMessage, MailFolder, MailIndex, Retag
from tests.build import DAY, mail
from tests.conftest import require_tool
from tests.memory.folder import MemoryFolder
from tests.memory.index import MemoryIndex

_HOLD = """
import sys, notmuch2
db = notmuch2.Database(sys.argv[1], mode=notmuch2.Database.MODE.READ_WRITE,
                       config=notmuch2.Database.CONFIG.EMPTY)
print("held", flush=True)
sys.stdin.read()
db.close()
"""
_REMOVE = """
import sys, notmuch2
db = notmuch2.Database(sys.argv[1], mode=notmuch2.Database.MODE.READ_WRITE,
                       config=notmuch2.Database.CONFIG.EMPTY)
for path in sys.argv[2:]:
    db.remove(path)
db.close()
"""


def items(*paths: str, tags: str = "") -> list[tuple[str, frozenset[str]]]:
    """Files to add, each with the same tags."""
    return [(path, frozenset(tags.split())) for path in paths]


class Site(ABC):
    """An index with the folder it reads, and what other programs do to it."""

    index: MailIndex
    folder: MailFolder

    def __init__(self) -> None:
        self._stored = 0

    def deliver(self, *raws: bytes) -> list[tuple[str, bool]]:
        """Store mails and index them."""
        mails = [(f"name{self._stored + at}", raw) for at, raw in enumerate(raws)]
        self._stored += len(raws)
        with self.index.writing(5) as writer:
            return writer.add(items(*self.folder.store(mails)))

    def tag(self, message_id: str, add: str = "", remove: str = "") -> None:
        change = Retag(message_id, frozenset(add.split()), frozenset(remove.split()))
        with self.index.writing(5) as writer:
            writer.retag([change])

    @abstractmethod
    def remove(self, message_id: str) -> None:
        """Another program notices that a message's files are gone."""

    @abstractmethod
    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program holds the write lock."""
        yield


class MemorySite(Site):
    def __init__(self) -> None:
        super().__init__()
        self.folder = folder = MemoryFolder()
        self.index = self._memory = MemoryIndex(folder.read, new_tags=["inbox"])

    def remove(self, message_id: str) -> None:
        self._memory.remove(message_id)

    @contextmanager
    def locked(self) -> Iterator[None]:
        self._memory.locked = True
        yield
        self._memory.locked = False


class NotmuchSite(Site):
    def __init__(self, root: Path) -> None:
        super().__init__()
        self._found = found = _database(root)
        self.folder = Maildir(found.mail_root / "mkit")
        self.index = self.real = NotmuchIndex(found.path, found.config, "", None)

    def reader(self, counted: Path) -> NotmuchIndex:
        """Another one, that keeps the number of messages."""
        return NotmuchIndex(self._found.path, self._found.config, "", None, counted)

    def remove(self, message_id: str) -> None:
        (found,) = self.index.find([message_id])
        argv = [sys.executable, "-c", _REMOVE, str(self._found.path), *found.paths]
        subprocess.run(argv, check=True, timeout=60)
        self.index.refresh()

    @contextmanager
    def locked(self) -> Iterator[None]:
        argv = [sys.executable, "-c", _HOLD, str(self._found.path)]
        holder = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert holder.stdin is not None and holder.stdout is not None
        try:
            assert holder.stdout.readline() == b"held\n"
            yield
        finally:
            holder.stdin.close()
            holder.wait(60)
            holder.stdout.close()


def _database(root: Path) -> Found:
    """A database whose new mail is tagged, as a user's own would be."""
    home = Home(root, True)
    found = OwnNotmuch(home, "me@x.example").ensure()
    text = home.notmuch_config.read_text(encoding="utf-8")
    home.notmuch_config.write_text(text.replace("tags=\n", "tags=inbox\n", 1), encoding="utf-8")
    return found


@pytest.fixture(params=["memory", "notmuch"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    if request.param == "memory":
        yield MemorySite()
        return
    require_tool("notmuch")
    real = NotmuchSite(tmp_path / "home")
    yield real
    real.real.close()


ONE = mail("alpha one", "first words\n", message_id="1@x.example")
TWO = mail("beta two", "second words\n", message_id="2@x.example", minutes=DAY)


def ids(found: Iterator[IndexedMessage]) -> list[str]:
    """Message-IDs, sorted."""
    return sorted(one.message_id for one in found)


def test_empty(site: Site) -> None:
    assert site.index.count() == 0
    assert site.index.message_ids() == set()
    assert list(site.index.changed(0)) == []
    assert site.index.search("*") == []


def test_add(site: Site) -> None:
    assert site.deliver(ONE, TWO) == [("1@x.example", False), ("2@x.example", False)]
    assert site.index.count() == 2
    assert site.index.message_ids() == {"1@x.example", "2@x.example"}
    (found,) = site.index.find(["1@x.example"])
    assert found.tags == {"inbox"}
    assert [site.folder.read(path) for path in found.paths] == [ONE]


def test_a_second_file_of_a_message(site: Site) -> None:
    site.deliver(ONE)
    assert site.deliver(ONE + b"footer\n") == [("1@x.example", True)]
    (found,) = site.index.find(["1@x.example"])
    assert len(found.paths) == 2
    assert site.index.count() == 1


def test_a_second_file_keeps_tags_that_were_taken_away(site: Site) -> None:
    site.deliver(ONE)
    site.tag("1@x.example", remove="inbox", add="seen")
    site.deliver(ONE + b"footer\n")
    (found,) = site.index.find(["1@x.example"])
    assert found.tags == {"seen"}


def test_tags_for_new_messages_only(site: Site) -> None:
    site.deliver(ONE)
    paths = site.folder.store([("again", ONE + b"more\n"), ("new", TWO)])
    with site.index.writing(5) as writer:
        writer.add(items(*paths, tags="mkit mkit/new"))
    one, two = site.index.find(["1@x.example", "2@x.example"])
    assert one.tags == {"inbox"}
    assert two.tags == {"inbox", "mkit", "mkit/new"}


def test_adding_batches_beside_other_work(site: Site) -> None:
    before = site.index.revision()
    first, second, broken = site.folder.store([("1", ONE), ("2", TWO), ("3", b"no header\n")])
    with site.index.adding() as adder:
        adder.start(items(first, tags="mkit"))
        one = adder.finish()
        adder.start(items(second, broken, first))
        two = adder.finish()
    assert one.messages == (("1@x.example", False),)
    assert two.messages == (("2@x.example", False), ("", False), ("1@x.example", True))
    assert one.before == before
    assert one.before.lastmod < one.after.lastmod == two.before.lastmod < two.after.lastmod
    site.index.refresh()
    assert site.index.revision() == two.after
    (found,) = site.index.find(["1@x.example"])
    assert found.tags == {"inbox", "mkit"}


def test_nothing_to_add(site: Site) -> None:
    before = site.index.revision()
    with site.index.adding():
        pass
    assert site.index.revision() == before


def test_what_is_no_mail(site: Site) -> None:
    assert site.deliver(b"no header here\n", ONE) == [("", False), ("1@x.example", False)]
    with site.index.writing(5) as writer:
        assert writer.add(items("/nowhere/cur/lost:2,")) == [("", False)]
    assert site.index.count() == 1


@pytest.mark.parametrize(
    "header",
    ["<a@x>", "a@x", "<a b@x>", "<a/b+c=%@x>", '<"quoted"@x>', "", "<>", "<a@x> <b@x>", "<\xe9@x>"],
)
def test_message_ids_are_notmuchs(site: Site, header: str) -> None:
    raw = mail("x", headers={"Message-ID": header})
    ((message_id, known),) = site.deliver(raw)
    assert not known
    expected = MemorySite().deliver(raw)
    assert expected == [(message_id, False)]
    assert [one.message_id for one in site.index.find([message_id])] == [message_id]


def test_changes_since_a_revision(site: Site) -> None:
    site.deliver(ONE)
    before = site.index.revision()
    assert ids(site.index.changed(before.lastmod)) == []
    site.deliver(TWO)
    after = site.index.revision()
    assert after.uuid == before.uuid
    assert after.lastmod > before.lastmod
    assert ids(site.index.changed(before.lastmod)) == ["2@x.example"]
    assert ids(site.index.changed(0)) == ["1@x.example", "2@x.example"]


def test_a_changed_tag_is_a_change(site: Site) -> None:
    site.deliver(ONE, TWO)
    before = site.index.revision()
    site.tag("1@x.example", add="mkit mkit/new", remove="inbox lost")
    (found,) = site.index.changed(before.lastmod)
    assert found.message_id == "1@x.example"
    assert found.tags == {"mkit", "mkit/new"}


def test_a_tag_of_what_is_gone_is_passed_over(site: Site) -> None:
    site.deliver(ONE)
    with site.index.writing(5) as writer:
        writer.retag(
            [
                Retag("lost@x", frozenset({"a"}), frozenset()),
                Retag("1@x.example", frozenset({"b"}), frozenset()),
            ]
        )
    (found,) = site.index.find(["lost@x", "1@x.example"])
    assert found.tags == {"inbox", "b"}


def test_a_vanished_message_changes_the_count_only(site: Site) -> None:
    site.deliver(ONE, TWO)
    site.remove("1@x.example")
    assert site.index.count() == 1
    assert site.index.message_ids() == {"2@x.example"}
    assert site.index.find(["1@x.example"]) == []
    assert ids(site.index.changed(0)) == ["2@x.example"]


def test_the_writers_revision_tells_of_its_own_changes(site: Site) -> None:
    with site.index.writing(5) as writer:
        before = writer.revision()
        writer.add(items(*site.folder.store([("name", ONE)])))
        after = writer.revision()
    assert before.lastmod < after.lastmod
    assert site.index.revision() == after


def test_search(site: Site) -> None:
    site.deliver(ONE, TWO)
    site.tag("1@x.example", add="mkit/accepted")
    assert site.index.search("*") == ["2@x.example", "1@x.example"]
    assert site.index.search("alpha") == ["1@x.example"]
    assert site.index.search("tag:mkit/accepted") == ["1@x.example"]
    assert site.index.search("id:2@x.example") == ["2@x.example"]
    assert site.index.search("gamma") == []


def test_a_query_that_cannot_be_read(site: Site) -> None:
    site.deliver(ONE)
    with pytest.raises(Refused) as caught:
        site.index.search("date:nonsense..")
    assert "date:nonsense.." in caught.value.message
    assert site.index.search("alpha") == ["1@x.example"]


def test_a_locked_index_can_be_read_but_not_written(site: Site) -> None:
    site.deliver(ONE)
    with site.locked():
        assert site.index.count() == 1
        with pytest.raises(IndexLocked), site.index.writing(0.05):
            pass
    assert site.deliver(TWO) == [("2@x.example", False)]


def test_an_index_that_is_not_ours_is_not_refreshed(site: Site) -> None:
    assert not site.index.is_own
    assert site.index.refresh() is False


def counting(root: Path) -> tuple[NotmuchSite, NotmuchIndex, Path]:
    """A database, and another reader of it that keeps the number of its messages."""
    require_tool("notmuch")
    site = NotmuchSite(root)
    kept = root / "counted"
    return site, site.reader(kept), kept


def test_the_number_of_messages_is_kept_until_somebody_writes(tmp_path: Path) -> None:
    site, index, kept = counting(tmp_path)
    site.deliver(ONE, TWO)
    assert (index.count(), index.count()) == (2, 2)
    # It is believed as long as nothing was written: what a file says shows who was asked.
    kept.write_text(kept.read_text().replace("\n2", "\n7"))
    index.refresh()
    assert index.count() == 7
    assert site.index.count() == 2
    site.remove("1@x.example")
    index.refresh()
    assert index.count() == 1, "no modification number tells of it"
    site.tag("2@x.example", add="seen")
    index.refresh()
    assert index.count() == 1
    site.deliver(ONE)
    index.refresh()
    assert index.count() == 2
    index.close()
    site.real.close()


def test_the_revision_is_kept_with_it(tmp_path: Path) -> None:
    site, index, kept = counting(tmp_path)
    site.deliver(ONE)
    first = site.real.revision()
    assert (index.count(), index.revision()) == (1, first)
    kept.write_text(kept.read_text().replace(f" {first.lastmod} ", f" {first.lastmod + 9} "))
    assert index.revision() == first, "what is open is asked itself"
    index.close()
    assert index.revision().lastmod == first.lastmod + 9
    site.tag("1@x.example", add="seen")
    index.refresh()
    site.real.refresh()
    assert index.revision() == site.real.revision() != first
    index.close()
    site.real.close()


def test_a_revision_that_was_kept_is_never_newer_than_what_is_read(tmp_path: Path) -> None:
    """Else what came between would never be looked at."""
    site, index, kept = counting(tmp_path)
    site.deliver(ONE)
    assert index.count() == 1
    site.deliver(TWO)
    other = site.reader(kept)
    assert other.count() == 2, "now the newer state is kept"
    revision = index.revision()
    assert {one.message_id for one in index.changed(0)} == {"1@x.example"}
    assert revision.lastmod < other.revision().lastmod
    for one in (other, index, site.real):
        one.close()


@pytest.mark.parametrize("held", ["", "nonsense", "x\n5", "\n5", "\n5 1 uuid"])
def test_what_was_kept_and_cannot_be_believed(tmp_path: Path, held: str) -> None:
    site, index, kept = counting(tmp_path)
    site.deliver(ONE)
    kept.write_text(held)
    assert index.count() == 1
    index.close()
    site.real.close()


def test_a_number_that_cannot_be_kept(tmp_path: Path) -> None:
    site, index, kept = counting(tmp_path)
    site.deliver(ONE)
    kept.mkdir()
    assert (index.count(), index.count()) == (1, 1)
    assert list(tmp_path.glob("counted.*")) == []
    index.close()
    site.real.close()


def test_what_is_left_out_of_searches_is_not_counted(tmp_path: Path) -> None:
    site, index, kept = counting(tmp_path)
    site.deliver(ONE, TWO)
    site.tag("1@x.example", add="\u00e9 d'or")
    assert index.count() == 2
    config = tmp_path / "notmuch-config"
    text = config.read_text().replace("exclude_tags=\n", "exclude_tags=\u00e9\n")
    config.write_text(text, encoding="utf-8")
    other = NotmuchIndex(tmp_path / "mail", config, "", None, kept)
    assert (other.count(), other.count()) == (1, 1)
    other.close()
    index.close()
    site.real.close()
