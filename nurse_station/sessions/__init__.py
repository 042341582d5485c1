"""One patient's day: states as a table, rules with sentences, entries that fold to a session. No I/O, no clock."""
