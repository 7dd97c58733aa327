"""Documents as tests look at them."""

from __future__ import annotations

from workflow.intake.document import Block, BlockKind, Document


def words(document: Document) -> list[str]:
    """The text of each block."""
    return [document.text[block.start : block.end] for block in document.blocks]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    """The text of each block of a kind."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def block_of(document: Document, text: str) -> Block:
    """The block with just this text."""
    (found,) = (block for block in document.blocks if document.text[block.start : block.end] == text)
    return found


def cells(document: Document) -> dict[tuple[int, int, int], str]:
    """The text of each cell by its table, row and column."""
    return {
        (block.cell.table, block.cell.row, block.cell.column): document.text[block.start : block.end]
        for block in document.blocks
        if block.cell is not None
    }
