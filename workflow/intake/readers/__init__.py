"""Reading documents: the only part of the intake that touches files."""
