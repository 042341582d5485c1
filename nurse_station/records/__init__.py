"""Everything that is kept: SQLite, append-only. Written by one thread, read by anyone, changed by no one."""
