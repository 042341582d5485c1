"""What is heard: alarm bursts made in code, the speaker that plays them, the watchdog. It decides no alarm.

With the process its sound ends too: that the station is gone or stands still is for the watchdog to cry, a
process of its own. That the computer is gone is for the bedside monitor, which stays the primary alarm.
The patient's voice in practice is another process's, and shares nothing with the alarms' sound.
"""
