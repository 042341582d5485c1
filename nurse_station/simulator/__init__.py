"""A patient to practise on. Arithmetic of time, seed and what is done: no clock, no thread, no bytes, no Qt.

    chance, wander, slow   numbers drawn by a seed and a place; slow change that stays in its bounds
    person, response       who lies in the bed, and how far this body answers to a drug
    ecg, pulse, capnogram, chest, sampling     beats and breaths -> samples

An adult at rest, a function of time alone, any minute of any day without counting from the first:

    rhythm, beats, breaths, adult

A body that answers, step by step, from what is done (`acts`) and what befalls it (`happenings`):

    ketamine, drugs, mind, consciousness, airway, drive, breathing, gases, circulation, vessels, heart, finger
    flesh        one step after the other        tape, hidden     what is remembered of each
    sensors      what a monitor measures         replies          what a nurse hears and sees
    body         joins the above                 disturbances     what goes wrong between it and the station

The waves take beats and breaths as arrays and ask nothing of where they came from. Model against source:
docs/physiology.md, made by benchmarks/physiology.py.
"""
