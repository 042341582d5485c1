"""Practice: a patient, what happens, what is expected of the nurse, and what came of it. No Qt, no record.

    conditions    what may be asked of a moment: a small language, shared by scenarios and policies
    actions       what a nurse can do: a table, and the words of it
    events        what can be made to happen: a table
    scenario      the values of a scenario        scenario_files   the same as TOML, with a sentence a mistake
    policy        a scripted nurse, as values     policy_files     the same as TOML
    bedside       the body, the lines of its monitors, the pump: the same whoever watches
    desk          what a run needs of whatever the nurse works at: a contract
    day           what is known of a practised day              care     one with its journal in memory
    headless      a desk without a station                      monitors what such a desk hears and shows
    facts         what is so at a moment          doing            an action -> body, pump, entries
    run           a scenario from its first second to its last
    score         the log -> done, late, missed, wrong          debrief   all of it as one frozen value

Nothing here may import records, station or ui, and neither records, exports nor station import this: what is
practised has no way into a patient's record.
"""
