"""Practice on the real screens: a station of its own, a clock of its own, a patient that answers.

    view       what a screen may see and ask: frozen lessons, frozen wishes
    clock      the lesson's time: forward only, paused, faster while nothing alarms
    desk       the station as a run sees it, in the place of the headless day
    lesson     one run at a real station: its thread, its bookmarks, what the trainee entered
    room       the lessons of a computer: which scenarios, who practises, what came of it
    kept       debriefs on disk, for the progress of a trainee; never a record

Joins `training` and `station`. Each lesson has a record of its own that no other program writes into.
"""
