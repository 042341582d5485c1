"""Practice on the real screens: a station of its own, a clock of its own, a patient that answers.

    view       what a screen may see and ask: frozen lessons, frozen wishes
    clock      the lesson's time: forward only, paused, faster while nothing alarms
    sound      the real speaker, asked with the real clock
    lines      the simulated monitors as the station opens them
    opened     what was before second 0 is lived; a station goes on with it
    forward    the one station that a screen sees for a whole lesson
    desk       the station as a run sees it, in the place of the headless day
    observed   what an entry in the window counts as: a table      window   follows what is entered there
    bookmarks  moments that can be gone back to
    practice   a run, its station and its bookmarks: all that is lived
    lesson     one practice live: its thread, its wishes, its end    pictures   what a screen sees of it
    room       the lessons of a computer: which scenarios, who practises, what came of it
    kept       debriefs on disk, for the progress of a trainee; never a record

Joins `training` and `station`. Each lesson has a record of its own that no other program writes into.
"""
