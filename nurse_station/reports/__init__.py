"""A session on paper: the record -> a frozen report, all in words -> a PDF. No Qt, no window, one thread."""
