"""One patient's day: states (a table), rules with sentences, entries that fold to a session. No I/O."""
