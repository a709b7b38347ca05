# SPDX-License-Identifier: GPL-2.0-or-later
"""The order of a thread's mails: as they came to the archive, as public-inbox has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import LIST, mail
from tests.integration.driver import Mkit
from tests.integration.inbox_server import Archives, serving
from tests.integration.lore_server import Answer, LoreServer, serving_lore

# When each came, in seconds, and by how many minutes its sender's clock is off.
_CAME = {"cover": (0, 0), "two": (2, 300), "one": (5, -600), "three": (9, 0), "late": (90, -9000)}


def _thread() -> list[bytes]:
    """A series and an answer, in the order in which they came; hardly a clock was right."""
    found = []
    for name, (second, off) in _CAME.items():
        stamp = f"from a.example by b.example; Mon, 5 Jan 2026 09:0{second // 60}:{second % 60:02}"
        headers = {"Received": f"{stamp} +0000"}
        found.append(
            mail(
                f"[PATCH] {name}",
                f"This is {name}.\n",
                minutes=off,
                message_id=f"{name}@made.example",
                parents=[] if name == "cover" else ["cover@made.example"],
                headers={**headers, "List-Id": f"<{LIST.replace('@', '.')}>"},
            )
        )
    return found


def _both(mkit: Mkit, archives: Archives) -> tuple[Answer, Answer]:
    """The thread as we serve it, and as public-inbox does."""
    place = "/all/one@made.example/t.mbox.gz"
    with serving_lore(mkit) as ours, serving(archives) as server:
        return ours.get(place), LoreServer(server.url, "", ours.program).get(place)


@pytest.mark.timeout(120)
def test_a_thread_is_in_the_order_in_which_it_came(mkit: Mkit, tmp_path: Path) -> None:
    thread = _thread()
    # In whatever order they came here.
    mkit.bring(*thread[::-1])

    ours, theirs = _both(mkit, Archives(tmp_path / "pi").fill({"pebble": thread}))

    assert ours.ids == theirs.ids == [f"{name}@made.example" for name in _CAME]
    assert ours.mails == theirs.mails


@pytest.mark.timeout(120)
def test_without_received_it_is_the_order_in_which_it_came_here(mkit: Mkit, tmp_path: Path) -> None:
    thread = [raw.replace(b"Received: ", b"X-Taken-Out: ") for raw in _thread()]
    mkit.bring(*thread)

    ours, theirs = _both(mkit, Archives(tmp_path / "pi").fill({"pebble": thread}))

    assert ours.ids == [f"{name}@made.example" for name in _CAME]
    assert ours.mails == theirs.mails


@pytest.mark.timeout(120)
def test_mails_of_one_subject_are_a_part_of_the_thread(mkit: Mkit, tmp_path: Path) -> None:
    """A resend that answers nothing, and one whose subject is written a little differently."""
    subjects = [
        "[PATCH] one",
        "[PATCH]  One..",
        "RE: [PATCH] one",
        "Re: Re: [PATCH] one",
        "[PATCH] one?",
        "Fwd: [PATCH] one",
        "[RESEND PATCH] one",
    ]
    names = ["one", *(f"other{at}" for at in range(1, len(subjects)))]
    mails = [
        mail(subject, f"{name}\n", minutes=at, message_id=f"{name}@made.example")
        for at, (name, subject) in enumerate(zip(names, subjects, strict=True))
    ]
    mkit.bring(*mails)

    ours, theirs = _both(mkit, Archives(tmp_path / "pi").fill({"pebble": mails}))

    assert ours.ids == theirs.ids
    assert ours.ids == [f"{name}@made.example" for name in names[:3]]
