# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``quilt export`` and ``quilt import`` tell, as JSON: docs/schemas/quilt-*.json."""

from __future__ import annotations

from maintainer_kit.model.mail.text import storable
from maintainer_kit.render.compare_text import has_other_code, pair_range_diff, pair_title
from maintainer_kit.render.envelope import Json, envelope
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.workflow.comparing.pairing import Pair
from maintainer_kit.workflow.quilting.exporting import Exported
from maintainer_kit.workflow.quilting.importing import Imported


def exported_json(done: Exported) -> Json:
    """All files, and what was done with them."""
    return envelope(
        topic=done.wanted.topic_id,
        revision=done.wanted.revision,
        place=storable(done.place),
        updated=done.is_update,
        patches=[
            {"name": one.name, "message_id": one.message_id, "subject": storable(one.title)}
            for one in done.made
        ],
        written=[name for name, _ in done.plan.write],
        removed=list(done.plan.remove),
        kept=[{"name": one.name, "reason": one.reason} for one in done.plan.kept],
        notes=list(done.notes),
    )


def imported_json(found: Imported) -> Json:
    """What became of each patch, and what the code differs after all of them."""
    whole = found.comparison.whole()
    return envelope(
        topic=found.wanted.topic_id,
        revision=found.wanted.revision,
        found_by=found.found_by,
        place=storable(found.series.place),
        lacks=[storable(one) for one in found.series.lacks],
        problems=[storable(one) for one in found.comparison.problems],
        patches=[_pair(found, one) for one in found.comparison.pairs],
        interdiff={
            "by_contents": whole.by_contents,
            "problems": list(whole.problems),
            "lines": [storable(one) for one in interdiff_lines(whole)],
        },
    )


def _pair(found: Imported, pair: Pair) -> Json:
    comparison = found.comparison
    old = comparison.old.patches[pair.old] if pair.old is not None else None
    new = comparison.new.patches[pair.new] if pair.new is not None else None
    code = interdiff_lines(comparison.interdiff(pair)) if has_other_code(pair) else []
    return {
        "name": storable(new.path) if new and new.path else None,
        "message_id": old.message_id if old else None,
        "subject": storable(pair_title(comparison, pair)),
        "fate": pair.fate.value,
        "moved": pair.is_moved,
        "changed": list(pair.changed),
        "range_diff": [storable(one) for one in pair_range_diff(comparison, pair)],
        "interdiff": [storable(one) for one in code],
    }
