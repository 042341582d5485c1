"""Bytes in and out: serial ports, capture files, an in-memory pair, the line recorder. Knows no monitor."""
