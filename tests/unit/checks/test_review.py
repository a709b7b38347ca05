# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what earlier revisions were given and asked, with an index behind them."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import ADA, BO, COVER, GOOD, ROBIN, Example
from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import review as rules
from tests.unit.checks.bench import findings
from tests.unit.checks.indexed import known_findings

_ALL = [pytest.param(one, id=one.id) for one in vars(rules).values() if isinstance(one, Rule)]
_REVIEWED = f"Reviewed-by: {BO}"
_SIGNED = f"Signed-off-by: {ADA}"
_V2 = GOOD.with_(subject=GOOD.subject.replace("PATCH", "PATCH v2"), hours=100)
_REWORKED = rules.review_tag_stale.fails.diff


def answer(text: str, hours: int = 10, sender: str = BO, to: Example = GOOD) -> Example:
    return GOOD.with_(
        subject=f"Re: {to.subject}",
        sender=sender,
        body=text,
        trailers="",
        diff="",
        hours=hours,
        headers={"In-Reply-To": f"<{to.message_id}>"},
    )


def said(rule: Rule, new: Example, *answers: Example) -> list[Finding]:
    return known_findings(new.with_(earlier=(GOOD, *answers)), [rule])


@pytest.mark.parametrize("rule", _ALL)
def test_examples(rule: Rule) -> None:
    assert {one.rule for one in known_findings(rule.fails, [rule])} == {rule.id}
    assert known_findings(rule.passes, [rule]) == []


@pytest.mark.parametrize("rule", _ALL)
def test_without_an_index_nothing_is_said(rule: Rule) -> None:
    assert findings(rule.fails, [rule]) == []


@pytest.mark.parametrize("rule", _ALL)
def test_no_fix_adds_a_tag(rule: Rule) -> None:
    for found in known_findings(rule.fails, [rule]):
        assert found.fix is not None
        assert found.fix.edits == ()


def test_a_tag_of_another_address_is_there() -> None:
    other = f"Reviewed-by: Bo Reviewer <bo@home.example>\n{_SIGNED}"
    given = answer(f"Fine.\n\n{_REVIEWED}")
    assert said(rules.review_tag_dropped, _V2.with_(trailers=other), given) == []


def test_an_ack_may_become_a_review() -> None:
    acked = answer(f"Acked-by: {BO}")
    kept = _V2.with_(trailers=f"{_REVIEWED}\n{_SIGNED}")
    assert said(rules.review_tag_dropped, kept, acked) == []
    only_acked = _V2.with_(trailers=f"Acked-by: {BO}\n{_SIGNED}")
    (found,) = said(rules.review_tag_dropped, only_acked, answer(_REVIEWED))
    assert "Reviewed-by: Bo Reviewer" in found.message


def test_a_tag_that_was_dropped_and_told() -> None:
    given = answer(_REVIEWED)
    for words in ("v2: drop Bo's Reviewed-by", "- removed the R-b tags", "did not carry the acks"):
        assert said(rules.review_tag_dropped, _V2.with_(notes=f"{words}\n"), given) == []
    for words in ("v2: drop a check", "v2: better reviews"):
        assert said(rules.review_tag_dropped, _V2.with_(notes=f"{words}\n"), given)


def test_a_tag_lost_by_a_large_change_is_worth_a_word_only() -> None:
    (found,) = said(rules.review_tag_dropped, _V2.with_(diff=_REWORKED), answer(_REVIEWED))
    assert found.severity is Severity.INFO


def test_a_tag_that_its_giver_took_back() -> None:
    back = answer("Please drop my Reviewed-by, I was wrong.", 20)
    assert said(rules.review_tag_dropped, _V2, answer(_REVIEWED), back) == []


def test_the_tag_of_who_now_signs_off() -> None:
    by_robin = _V2.with_(sender=ROBIN, trailers=f"{_SIGNED}\nSigned-off-by: {ROBIN}")
    given = answer(f"Reviewed-by: {ROBIN}", sender=ROBIN)
    assert said(rules.review_tag_dropped, by_robin, given) == []


def test_a_tag_given_after_the_new_version_was_posted() -> None:
    assert said(rules.review_tag_dropped, _V2, answer(_REVIEWED, hours=101)) == []


def test_a_tag_for_the_whole_series_is_missed_once() -> None:
    old = _series("PATCH", 0)
    cover, *rest = _series("PATCH v2", 100)
    given = answer(f"For all of it:\n\nTested-by: {BO}", to=old[0])
    again = cover.with_(rest=tuple(rest), earlier=(*old, given))
    (found,) = known_findings(again, [rules.review_tag_dropped])
    assert found.message == (
        "v1 was given Tested-by: Bo Reviewer <bo@shale.example>, and 5 patches have not"
    )


def _series(prefix: str, hours: int) -> tuple[Example, ...]:
    cover = COVER.with_(subject=f"[{prefix} 0/5] pebble: mounts that fail", hours=hours)
    return (cover, *(_numbered(number, prefix, cover) for number in range(1, 6)))


def _numbered(number: int, prefix: str, cover: Example) -> Example:
    return GOOD.with_(
        subject=f"[{prefix} {number}/5] pebble: mend the failing mount of kind {number}",
        diff=GOOD.diff.replace("super.c", f"super{number}.c"),
        hours=cover.hours,
        headers={"In-Reply-To": f"<{cover.message_id}>"},
    )


def test_a_tag_found_in_a_mail_is_backed() -> None:
    tagged = _V2.with_(trailers=f"{_REVIEWED}\n{_SIGNED}")
    rule = rules.review_tag_unbacked
    assert said(rule, tagged, answer(_REVIEWED)) == []
    assert said(rule, tagged, answer("Reviewed-by: Bo Reviewer <bo@home.example>")) == []
    (found,) = said(rule, tagged, answer(f"Acked-by: {BO}"))
    assert found.spot.part == "body"


def test_a_tag_that_the_last_version_had_is_not_asked_for_again() -> None:
    tagged = f"{_REVIEWED}\n{_SIGNED}"
    old, new = GOOD.with_(trailers=tagged), _V2.with_(trailers=tagged)
    assert known_findings(new.with_(earlier=(old,)), [rules.review_tag_unbacked]) == []


def test_robots_answer_in_private() -> None:
    tagged = _V2.with_(trailers=f"Tested-by: kernel test robot <lkp@intel.com>\n{_SIGNED}")
    assert said(rules.review_tag_unbacked, tagged) == []


def test_an_answered_question_is_settled() -> None:
    asked = answer("Who else holds this buffer?\n")
    told = answer("> Who else holds this buffer?\nNobody.\n", 12, ADA, asked)
    (found,) = said(rules.repost_unsettled, _V2, asked)
    assert "Bo Reviewer asked about 'pebble: give the buffer back" in found.message
    assert said(rules.repost_unsettled, _V2, asked, told) == []


def test_a_mail_of_yesterday_is_not_settled() -> None:
    (found,) = said(rules.repost_unsettled, _V2, answer("Please rename it.", 80))
    assert found.message == "Bo Reviewer wrote about v1 only 20 hours before"
    assert said(rules.repost_unsettled, _V2, answer("Please rename it.", 51)) == []


def test_what_only_agrees_leaves_nothing_open() -> None:
    for text in (_REVIEWED, "Applied, thanks!"):
        assert said(rules.repost_unsettled, _V2, answer(text, 99)) == []


def test_own_words_are_no_review() -> None:
    assert said(rules.repost_unsettled, _V2, answer("I will rename it in v2.", 99, ADA)) == []


def test_files_without_recipients_have_nobody_missing() -> None:
    bare = _V2.with_(kind="file", headers={"To": "", "Cc": ""})
    assert said(rules.reviewers_not_copied, bare, answer("Please rename it.")) == []


def test_robots_need_no_copy() -> None:
    robot = answer(
        "Hi Ada,\n\nkernel test robot noticed.\n", sender="kernel test robot <lkp@intel.com>"
    )
    assert said(rules.reviewers_not_copied, _V2, robot) == []
