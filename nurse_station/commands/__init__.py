"""The command line: one file a verb. Joins all other packages, each imported when its verb runs."""
