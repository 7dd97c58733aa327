"""Runs the plans of dialogue meetings: steps, owners, limits, notices, verdicts."""
