# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told when git send-email does not send."""

from __future__ import annotations

import pytest

from maintainer_kit.adapters.mail.outgoing import _judge
from maintainer_kit.adapters.process import Result
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent

_WITHOUT_PERLS_MODULE = """\
Your package of Git came without its own copy at /usr/share/perl5/Git/LoadCPAN.pm line 76.
BEGIN failed--compilation aborted at /usr/share/perl5/Git/LoadCPAN/Mail/Address.pm line 8.
Compilation failed in require at /usr/lib/git-core/git-send-email line 629.
"""


@pytest.mark.parametrize(
    ("code", "stderr", "told", "hint"),
    [
        (2, _WITHOUT_PERLS_MODULE, "needs Mail::Address for Perl", "apt install libmailtools-perl"),
        (1, "git: 'send-email' is not a git command.\n", "not installed", "apt install git-email"),
        (255, "Died: 550 no\nhint: ask\n", "git send-email: Died: 550 no", "sendemail"),
        (1, "", "failed without a word", "sendemail"),
    ],
)
def test_it_did_not_go_out(code: int, stderr: str, told: str, hint: str) -> None:
    with pytest.raises(NotSent) as caught:
        _judge(Result(code, b"", stderr))
    assert told in caught.value.message
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(("code", "stderr"), [(-9, ""), (1, "error: perl died of signal 9\n")])
def test_nobody_knows_whether_it_did(code: int, stderr: str) -> None:
    with pytest.raises(MaybeSent):
        _judge(Result(code, b"", stderr))
