"""What is heard: alarm bursts made in code, and the speaker that plays them. No screen; it decides no alarm.

It cannot say that the station itself is gone: with the process its sound ends too. That needs a sound of
another process or machine, and the bedside monitor, which stays the primary alarm.
"""
