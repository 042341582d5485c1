"""Joins links, devices and records: one BedMonitor a bed, snapshots out, commands in."""
