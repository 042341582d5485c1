"""Nurse station. Read the packages in the order the data travels.

    links      bytes in and out     serial ports, capture files, an in-memory pair, the line recorder
    devices    bytes  -> readings   one folder a monitor family: decoder, conversation, emulator; no I/O
    vitals     the shared words     parameters (a table), readings, wave blocks, the clock
    simulator  a patient            an adult at rest, who speaks through a family's emulator
    alarms     readings -> alarms   conditions (a table), limits, the life of an alarm (a table), the engine
    audio      what is heard        bursts made in code, the speaker that plays them, and whether it does
    infusion   the drug             orders, dose arithmetic, protocols, predicted concentration
    assessments what a nurse finds  scales (tables), checks and when they are due
    sessions   a patient's day      states (a table), rules, entries -> session; the course of days
    station    joins the above      one BedMonitor a bed, history, snapshots, commands, the worker thread
    records    everything kept      SQLite: the append-only journal, numerics, waves; migrations
    exports    for other tools      a session as CSV, EDF+ or FHIR R4, whole or de-identified
    reports    on paper             the record -> a report in words -> a tagged PDF; no Qt
    training   practice             scenarios, a scripted nurse, the score, the debrief; never in a record
    classroom  practice, live      a lesson at a station of its own: its clock, its record, its debriefs
    settings   what a clinic sets   one TOML file, validated, comments kept
    ui         what is seen         the only package that imports Qt or pyqtgraph
    commands   the command line     one file a verb: decode, emulate, monitors, ports, sessions, the station

Two words carry it: frozen snapshots travel up to the screen, frozen commands travel down to the beds.
Nothing below `ui` knows that Qt exists; nothing below `commands` reads a clock or opens a port by itself.
"""

__version__ = "0.1.0"
