"""The colours of the style sheet can be told apart by weak eyes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from workflow.web.rendering import STATIC

SHEET = (STATIC / "app.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", SHEET))
ON_PAPER = ["ink", "ink-2", "accent", "accent-2", "bad", "warn", "good", "go"]
ON_SOFT = [
    ("bad", "bad-soft"),
    ("warn", "warn-soft"),
    ("good", "good-soft"),
    ("go", "go-soft"),
    ("accent", "accent-soft"),
]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ON_PAPER)
@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_text_stands_out_from_paper_and_ground(name: str, ground: str) -> None:
    assert contrast(COLOURS[name], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("text", "ground"), ON_SOFT)
def test_text_stands_out_from_its_own_soft_ground(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize("name", ["accent", "bad"])
def test_white_text_stands_out_from_buttons(name: str) -> None:
    assert contrast("#ffffff", COLOURS[name]) >= 4.5


def test_every_other_text_colour_stands_out_from_paper_or_is_white() -> None:
    texts = set(re.findall(r"[ ;{]color: (#[0-9a-f]{3,6})", SHEET)) - {"#fff"}
    weak = {colour for colour in texts if contrast(colour, "#ffffff") < 4.5}
    assert weak == {"#cfe3e5", "#8a979c"}  # the role on the dark bar; a sign beside the word that says the same


def test_the_frame_of_a_field_stands_out_from_its_ground() -> None:
    assert contrast("#7f8f95", "#ffffff") >= 3
    assert contrast("#cfe3e5", COLOURS["accent"]) >= 4.5


def test_the_reference_pair_has_its_known_contrast() -> None:
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
