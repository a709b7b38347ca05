# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of all rules (docs/checks.md), made from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.checks.catalogue import FAMILIES, all_rules, rules_by_family
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.render.grades import grade_in, grades

_OBEYED = re.compile(r"([\\|<>*`_\[\]])")
_INTRO = """\
# What `mkit check` looks for

<!-- Made by scripts/rules-page from the rules themselves: change those, then run it. -->

{count} rules in {families} families. Each has a page of its own with an example that passes and
one that fails: `mkit check --explain RULE`; `--explain all` lists them as the profile of the
repository grades them. Where checkpatch.pl has a TYPE for the same, its name is understood too.

## Severities

- **error**: it will be sent back, or cannot be applied. `mkit check` exits with 1.
- **warning**: a reviewer is likely to ask. `--fail-on warning` makes it exit with 1 as well.
- **info**: worth a look.
- **off**: not asked here.

A rule that needs a repository, MAINTAINERS or the index is passed over where there is none.

## Profiles

A profile says which rules speak, how loudly, and with what parameters. It is given with
`--profile`, or by `mkit.profile` in git's configuration, or by `.mkit.toml` at the top of the
repository; else it is found out by the mailing lists that a patch goes to, the remotes of the
repository, or its files. `.mkit.toml` may also change single rules:

```toml
profile = "kernel"

[rules]
subject-too-long = {{severity = "info", limit = 80}}
body-this-patch = "off"
trailer-order = {{severity = "warning", exempt = ["revert"]}}
```

A profile of one's own is such a file with `inherits = "kernel"` in front, in
`~/.config/mkit/profiles/NAME.toml`.
"""


def rules_page(profiles: Sequence[Profile]) -> Iterator[str]:
    """The page in lines: an introduction, the profiles, a table a family."""
    text = _INTRO.format(count=len(all_rules()), families=len(FAMILIES))
    yield from text.split("\n")
    yield "| Profile | For | Inherits | Errors | Warnings | Infos | Off |"
    yield "|---|---|---|---|---|---|---|"
    for profile in profiles:
        parent = profile.lineage[1] if len(profile.lineage) > 1 else ""
        words = [f"`{profile.name}`", _cell(profile.words), parent, *_counts(profile)]
        yield f"| {' | '.join(words)} |"
    for family, rules in rules_by_family().items():
        yield ""
        yield f"## {FAMILIES[family]}"
        yield ""
        yield "| Rule | What is wrong | Severity | What to do |"
        yield "|---|---|---|---|"
        for rule in rules:
            yield _row(rule, profiles)


def _counts(profile: Profile) -> list[str]:
    found = [grade_in(profile, rule) for rule in all_rules()]
    return [str(found.count(grade)) for grade in (*map(str, Severity), "off")]


def _row(rule: Rule, profiles: Sequence[Profile]) -> str:
    aliases = f"<br>{'<br>'.join(f'`{one}`' for one in rule.aliases)}" if rule.aliases else ""
    cells = [
        f"`{rule.id}`{aliases}",
        f"{_cell(rule.words)} [{_cell(rule.source.title)}]({rule.source.url})",
        grades(rule, profiles),
        _cell(rule.fix),
    ]
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Text in which Markdown sees nothing."""
    return _OBEYED.sub(r"\\\1", " ".join(text.split()))
