"""The windows beside the main one. `show()` them: none stops it or covers its alarms, as `exec()` would.

Each is imported from its own file when it is opened: at the start of the station nobody waits for them.
"""
