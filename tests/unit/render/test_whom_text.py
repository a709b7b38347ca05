# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to be mailed, as text and as JSON."""

from __future__ import annotations

from maintainer_kit.checks.report import Unchecked
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.model.maintainers.recipient import Recipient, Recipients
from maintainer_kit.model.maintainers.touched import Touched
from maintainer_kit.render import whom_text
from maintainer_kit.render.whom_json import whom_json
from maintainer_kit.workflow.whom import Whom, ask
from tests.cli import schemas

TEXT = """\
CARTS
M:\tDi "D." Driver <di@quarry.example>
L:\tcarts@lists.example (moderated for non-subscribers)
S:\tSupported
T:\tgit git://git.example/carts.git
F:\tcart/

THE REST
M:\tAda <ada@quarry.example>
S:\tMaintained
T:\tgit git://git.example/all.git
F:\t*
F:\t*/
"""


def whom(*paths: str, text: str = TEXT) -> Whom:
    return ask(read_maintainers({"MAINTAINERS": text}), [Touched(paths)], None)


def test_the_table() -> None:
    assert list(whom_text.whom_lines(whom("cart/a.c"))) == [
        r'To  "Di \"D.\" Driver" <di@quarry.example>  supporter       '
        "CARTS: cart/a.c matches F: cart/",
        "To  carts@lists.example                     moderated list  "
        "CARTS: cart/a.c matches F: cart/",
        "Cc  Ada <ada@quarry.example>                maintainer      "
        "THE REST: cart/a.c matches F: */",
        "tree: git git://git.example/carts.git  CARTS (Supported)",
    ]


def test_the_tree_of_everything_counts_where_there_is_no_other() -> None:
    *_, tree, nobody = whom_text.whom_lines(whom("a.c"))
    assert tree == "tree: git git://git.example/all.git  THE REST (Maintained)"
    assert nobody == "nobody maintains a.c"


def test_many_files_without_a_maintainer_are_counted() -> None:
    lines = list(whom_text.whom_lines(whom(*(f"x{n:03}.c" for n in range(50)))))
    assert lines[-1] == "nobody maintains 30 more"
    assert len([one for one in lines if one.startswith("nobody")]) == 21


def test_an_address_is_never_cut() -> None:
    address = "a" * 100 + "@quarry.example"
    lines = list(whom_text.whom_lines(whom("cart/a.c", text=TEXT.replace("di@quarry", address))))
    assert f"<{address}.example>" in lines[0]


def test_several_roles_and_people_of_no_section() -> None:
    person = Person("Di", "di@x.example")
    two = Recipient(person, "maintainer", "A", "F: a", "a", ("in file", "blamed_fixes"))
    found = Whom(Recipients((two,), (Recipient(person, "blamed_fixes"),)), ("a",), (), ())
    first, second = whom_text.whom_lines(found)
    assert "maintainer, in file, bl\u2026" in first
    assert second.endswith("signed the commit that is mended")
    schemas.check(whom_json(found), "whom")


def test_complaints() -> None:
    nobody = Recipients((), ())
    found = Whom(nobody, (), (), (), (Unchecked("a\x1b[2J", "is not there"),), has_cover=True)
    first, second = whom_text.complaints(found)
    assert first.endswith(": is not there")
    assert "\x1b" not in first
    assert "cover letter" in second
    assert list(whom_text.complaints(whom("a.c"))) == []
    assert list(whom_text.whom_lines(found)) == []


def test_json() -> None:
    found = whom("cart/a.c", "a.c")
    value = whom_json(found)
    schemas.check(value, "whom")
    assert {one["person"]: one["list"] for one in value["to"]} == {
        "Ada <ada@quarry.example>": False,
        'Di "D." Driver <di@quarry.example>': False,
        "<carts@lists.example>": True,
    }
    assert value["unmaintained"] == ["a.c"]
    bad = Whom(Recipients((), ()), ("a\udcff",), ("a\udcff",), (), (Unchecked("b\udcff", "no"),))
    schemas.check(whom_json(bad), "whom")
    assert "\udcff" not in str(whom_json(bad))
