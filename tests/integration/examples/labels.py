"""The labels of the five real plans (test input that stands beside the project) and where the examples hold them."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest

from tests.integration.examples.plans import ROOT

PLANS = ROOT.parent / "shared" / "plans"

HELD_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # the step of the example that holds each labelled step, in the order of the labels
        "s0": (
            "hold_meeting", "elect_inspectors", "sign_pledges", "adopt_resolution", "lead_preparation", "staff_report",
            "public_matters", "prepare_election", "recognise_inspectors", "secretary_culture", "report_results",
            "draft_plan", "draft_plan", "invite_delegates", "leader_report", "draft_resolution", "hall_and_logistics",
            "secretary_office", "publicity", "equip_hall", "explain_plan", "spread_resolution",
        ),
        "s1": (
            "hold_meeting", "set_date", "ask_superior", "hold_meeting", "call_extraordinary", "call_extraordinary",
            "preliminary_meeting", "agree_policy", "form_committee", "head_report", "rules_and_finance",
            "emulation_report", "inspectors_report", "key_staff_meeting", "group_meetings", "group_minutes",
            "group_opinions", "nominate_awards", "final_report", "take_minutes", "answer_on_the_spot",
            "elect_inspectors", "sign_pledges", "adopt_resolution", "send_resolution", "report_to_union", "carry_out",
            "review_by_head", "elect_head", "recognise_inspectors", "supervise_resolution", "emulation",
            "review_by_union", "invite_superiors",
        ),
        "s2": (
            "hold_meeting", "draft_plan", "copy_papers", "invite_delegates", "gather_opinions", "sort_opinions",
            "assign_answers", "opening_papers", "issue_conclusion", "chase_conclusion", "take_minutes", "budget",
            "supervise_conclusion", "report_figures", "send_forms", "classify_opinions", "direct_answers",
            "answer_own_field", "register_speakers", "draft_conclusion", "draft_answers", "answer_on_the_spot",
            "answer_petitions", "security_plan", "announce_meeting", "decorate_hall", "school_opinions", "take_minutes",
            "answer_on_the_spot", "conclude",
        ),
        "s3": (
            "hold_meeting", "send_forms", "collect_forms", "assign_answers", "draft_answers", "answer_report",
            "take_minutes", "answer_on_the_spot", "answer_on_the_spot", "conclude", "conclude", "conclude",
            "issue_conclusion", "issue_conclusion", "issue_conclusion", "settle_issues", "refer_upward",
            "verify_new_matters", "follow_conclusion", "answer_petitions", "launch_plan", "assign_answers",
            "answer_report", "report_figures", "school_year_report", "draft_answers", "announce_plan", "film_meeting",
            "explain_plan", "collect_forms", "social_criticism", "supervise_conclusion", "keep_order",
            "explain_in_schools", "prepare_topics", "summon_staff",
        ),
        "s4": (
            "hold_meeting", "roll_out", "select_workers", "sort_opinions", "prepare_programme", "invite_delegates",
            "draft_answers", "release_workers", "keep_order", "prepare_venue", "publicity", "collect_opinions",
            "send_delegates", "dialogue",
        ),
    }
)  # fmt: skip


@cache
def labelled(name: str) -> dict[str, Any]:
    """The labels of a plan. Without them the test is skipped, but fails where tests decide (CI=true)."""
    found = sorted(PLANS.glob(f"00{name[1:]}_*.json"))
    if not found:
        _missing()
    labels: dict[str, Any] = json.loads(found[0].read_text(encoding="utf-8"))
    return labels


def texts() -> list[str]:
    """The texts of the real plans."""
    found = sorted(PLANS.glob("*.txt"))
    if not found:
        _missing()
    return [path.read_text(encoding="utf-8") for path in found]


def _missing() -> None:
    if os.environ.get("CI") == "true":
        pytest.fail("the labelled plans are missing beside the project")
    pytest.skip("the labelled plans are not beside the project")


_SHORT = (
    ("uỷ", "ủy"),
    ("hoá", "hóa"),
    ("mặt trận tổ quốc", "mttq"),
    ("ủy ban nhân dân", "ubnd"),
    ("&", " "),
    ("đồng chí", ""),
)


def folded(name: str) -> str:
    """A unit's name without what differs from one spelling to another."""
    text = unicodedata.normalize("NFC", name).casefold()
    for long, short in _SHORT:
        text = text.replace(long, short)
    return " ".join(re.findall(r"\w+", text))
