"""One function per use case: load, decide, save, commit."""
