"""A patient to practise on. Pure arithmetic of time and seed: no clock, no thread, no bytes, no Qt.

    chance      numbers drawn by a seed and a place     nothing to remember, the same on every machine
    wander      slow change that stays in its bounds    heart rate, pressures, saturation over minutes
    person      who lies in the bed                     age, sex, weight, resting values
    rhythm      when a cycle begins                     any minute of any day, without counting from the first
    beats, breaths                                      the one sequence of each that drives everything below
    ecg, pulse, capnogram, chest                        beats and breaths -> samples
    adult       joins the above                         what an emulator of a monitor measures

The waves take beats and breaths as arrays and ask nothing of where they came from: a heart under a drug
or a breath that fails needs other sequences, not other waves.
"""
