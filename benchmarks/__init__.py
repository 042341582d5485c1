"""What the station costs on this machine, beside its peers in the same run. `python -m benchmarks.NAME`."""
