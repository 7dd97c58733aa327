"""A ladder as a file: read strictly, written so that it reads back as itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.errors import DoithoaiError
from workflow.domain.ladder import DEFAULT_LADDER, Audience, Base, Ladder, Rung
from workflow.planfile.ladder_file import parse_ladder, shipped_ladder, write_ladder

ONE = '[[rung]]\nname = "a"\nbase = "after_due"\nworking_days = 1\nto = ["owner"]\n'

units = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
rungs = st.builds(
    Rung,
    name=st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True),
    base=st.just(Base.AFTER_DUE),
    working_days=st.integers(0, 400),
    audience=st.lists(st.sampled_from(Audience), min_size=1, unique=True).map(tuple),
    repeat_every=st.none() | st.integers(1, 400),
    reassign_to=st.none() | units,
)
ladders = st.lists(rungs, min_size=1, max_size=6, unique_by=lambda rung: rung.name).map(tuple)


def test_the_shipped_ladder_is_the_one_that_plans_have_by_default() -> None:
    assert shipped_ladder() == DEFAULT_LADDER


@given(ladders)
def test_any_ladder_reads_back_as_itself(ladder: Ladder) -> None:
    assert parse_ladder(write_ladder(ladder), "x.toml") == ladder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "chưa có bậc nào"),
        ("rung = 3", "chưa có bậc nào"),
        ("rung = [1]", "chưa có bậc nào"),
        (ONE * 51, "nhiều nhất 50"),
        ("[[rung]\n", "không phải TOML"),
        ("kind = 'dialogue'\n" + ONE, "không có mục «kind»"),
        (ONE + "colour = 'red'\n", "bậc thứ 1: không có mục «colour»"),
        (ONE.replace('name = "a"\n', ""), "thiếu mục «name»"),
        (ONE.replace('"a"', '"Bậc một"'), "không dấu"),
        (ONE.replace('"a"', '" "'), "một dòng chữ"),
        (ONE.replace("after_due", "before_lunch"), "opening, before_due, after_due"),
        (ONE.replace("= 1", '= "1"'), "một số nguyên"),
        (ONE.replace("= 1", "= true"), "một số nguyên"),
        (ONE.replace("= 1", "= 401"), "từ 0 đến 400"),
        (ONE.replace('["owner"]', '"owner"'), "một danh sách"),
        (ONE.replace('["owner"]', '["mayor"]'), "owner, coordinator, head, chair, supervisor"),
        (ONE.replace("after_due", "before_due") + "repeat_every = 2\n", "chỉ nhắc lại sau khi hết hạn"),
        (ONE + ONE, "cùng tên «a»"),
    ],
)
def test_what_is_no_ladder_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(DoithoaiError) as refused:
        parse_ladder(text, "x.toml")
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")
