"""The shared words: parameters, readings, wave blocks, conditions, the clock.

Standard library and NumPy only; imports no other package of the house.
"""
