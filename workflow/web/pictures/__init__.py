"""Pictures drawn on the server as SVG: pure functions of values."""
