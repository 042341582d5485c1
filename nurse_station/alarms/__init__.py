"""Readings -> alarms: tables and pure functions, and one engine a bed that joins them. No clock, no screen.

Modelled on IEC 60601-1-8 and IEEE 11073-10207; not assessed. Read in this order: words, conditions (the
table), limit_rows and limits, lifecycle (the table), bedside (what is known), rules, timer, track, engine.
"""
