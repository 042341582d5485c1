"""Monitor families: bytes <-> readings, sans I/O. One folder a family; registry.py has one row each."""
