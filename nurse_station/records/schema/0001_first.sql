-- The record, first form. Rows are added and never changed: triggers refuse UPDATE, DELETE and
-- INSERT OR REPLACE on every table. Times are kept twice: wall_us is unix time in microseconds (UTC),
-- mono is the station's monotonic clock in seconds, whose zero differs from one run to the next.
-- A later step may chain and sign the journal in a table beside it (journal id -> digest), and may
-- let the triggers pass for sessions that a tombstone names.

PRAGMA application_id = 0x4E525354; -- "NRST"

-- One row: which record this is, so that another file laid in its place is known for what it is.
CREATE TABLE record (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    uuid TEXT NOT NULL
);
INSERT INTO record VALUES (1, lower(hex(randomblob(16))));

-- One patient's time at one bed. Its end is a journal entry.
CREATE TABLE sessions (
    id              INTEGER PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,      -- "2026-11-22-001", the clinic's own date
    uuid            TEXT NOT NULL UNIQUE,
    bed             TEXT NOT NULL,
    bed_name        TEXT NOT NULL,
    started_us      INTEGER NOT NULL,
    started_mono    REAL NOT NULL,
    simulated       INTEGER NOT NULL CHECK (simulated IN (0, 1)),
    station_version TEXT NOT NULL
);

-- Whatever a person or the program decided. session NULL: an entry of the room.
CREATE TABLE journal (
    id       INTEGER PRIMARY KEY,
    session  INTEGER REFERENCES sessions (id),
    wall_us  INTEGER NOT NULL,
    mono     REAL NOT NULL,
    who      TEXT NOT NULL,
    kind     TEXT NOT NULL,
    body     TEXT NOT NULL,                    -- JSON, keys sorted, no spaces
    replaces INTEGER REFERENCES journal (id),  -- the entry that this one corrects
    why      TEXT NOT NULL
);
CREATE INDEX journal_by_session ON journal (session);

-- The columns of a numerics row: JSON, [[parameter, source, origin, unit], ...]
CREATE TABLE layouts (
    id      INTEGER PRIMARY KEY,
    columns TEXT NOT NULL UNIQUE
);

-- The readings of one frame. numeric_rows.py describes vitals and measured.
CREATE TABLE numerics (
    id          INTEGER PRIMARY KEY,
    session     INTEGER NOT NULL REFERENCES sessions (id),
    wall_us     INTEGER NOT NULL,
    mono        REAL NOT NULL,
    device_time REAL,                          -- the device's own clock, unix seconds
    layout      INTEGER NOT NULL REFERENCES layouts (id),
    vitals      BLOB NOT NULL,
    measured    BLOB
);
CREATE INDEX numerics_by_session ON numerics (session);

CREATE TABLE wave_kinds (
    id         INTEGER PRIMARY KEY,
    wave       TEXT NOT NULL,
    unit       TEXT NOT NULL,
    rate_hz    REAL NOT NULL,
    resolution REAL NOT NULL,
    source     TEXT NOT NULL,
    UNIQUE (wave, unit, rate_hz, resolution, source)
);

-- All waves of one bed of one second, packed together (wave_rows.py); the times are those of the first block.
CREATE TABLE waves (
    id      INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id),
    wall_us INTEGER NOT NULL,
    mono    REAL NOT NULL,
    blocks  BLOB NOT NULL
);
CREATE INDEX waves_by_time ON waves (session, wall_us);

CREATE TABLE conditions (
    id      INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id),
    wall_us INTEGER NOT NULL,
    mono    REAL NOT NULL,
    source  TEXT NOT NULL,
    key     TEXT NOT NULL,
    active  INTEGER NOT NULL CHECK (active IN (0, 1)),
    detail  TEXT NOT NULL
);
CREATE INDEX conditions_by_session ON conditions (session);

-- What came over the line since the row before: frames and bytes, refused ones by reason (JSON).
CREATE TABLE lines (
    id             INTEGER PRIMARY KEY,
    session        INTEGER NOT NULL REFERENCES sessions (id),
    wall_us        INTEGER NOT NULL,
    mono           REAL NOT NULL,
    accepted       INTEGER NOT NULL,
    accepted_bytes INTEGER NOT NULL,
    refused        TEXT NOT NULL,
    refused_bytes  INTEGER NOT NULL
);
CREATE INDEX lines_by_session ON lines (session);

-- The first refused frames of each second, as they stood on the line; `lines` counts them all.
CREATE TABLE refused_frames (
    id      INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id),
    wall_us INTEGER NOT NULL,
    mono    REAL NOT NULL,
    reason  TEXT NOT NULL,
    size    INTEGER NOT NULL,
    frame   BLOB NOT NULL
);
CREATE INDEX refused_frames_by_session ON refused_frames (session);

CREATE TRIGGER record_unchanged BEFORE UPDATE ON record BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in record is changed');
END;
CREATE TRIGGER record_undeleted BEFORE DELETE ON record BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in record is deleted');
END;
CREATE TRIGGER record_unreplaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in record is replaced');
END;

CREATE TRIGGER sessions_unchanged BEFORE UPDATE ON sessions BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in sessions is changed');
END;
CREATE TRIGGER sessions_undeleted BEFORE DELETE ON sessions BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in sessions is deleted');
END;
CREATE TRIGGER sessions_unreplaced BEFORE INSERT ON sessions
WHEN EXISTS (SELECT 1 FROM sessions WHERE id = NEW.id OR name = NEW.name OR uuid = NEW.uuid) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in sessions is replaced');
END;

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in journal is changed');
END;
CREATE TRIGGER journal_undeleted BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in journal is deleted');
END;
CREATE TRIGGER journal_unreplaced BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in journal is replaced');
END;

CREATE TRIGGER layouts_unchanged BEFORE UPDATE ON layouts BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in layouts is changed');
END;
CREATE TRIGGER layouts_undeleted BEFORE DELETE ON layouts BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in layouts is deleted');
END;
CREATE TRIGGER layouts_unreplaced BEFORE INSERT ON layouts
WHEN EXISTS (SELECT 1 FROM layouts WHERE id = NEW.id OR columns = NEW.columns) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in layouts is replaced');
END;

CREATE TRIGGER numerics_unchanged BEFORE UPDATE ON numerics BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in numerics is changed');
END;
CREATE TRIGGER numerics_undeleted BEFORE DELETE ON numerics BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in numerics is deleted');
END;
CREATE TRIGGER numerics_unreplaced BEFORE INSERT ON numerics
WHEN EXISTS (SELECT 1 FROM numerics WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in numerics is replaced');
END;

CREATE TRIGGER wave_kinds_unchanged BEFORE UPDATE ON wave_kinds BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in wave_kinds is changed');
END;
CREATE TRIGGER wave_kinds_undeleted BEFORE DELETE ON wave_kinds BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in wave_kinds is deleted');
END;
CREATE TRIGGER wave_kinds_unreplaced BEFORE INSERT ON wave_kinds
WHEN EXISTS (SELECT 1 FROM wave_kinds WHERE id = NEW.id OR (wave, unit, rate_hz, resolution, source)
        = (NEW.wave, NEW.unit, NEW.rate_hz, NEW.resolution, NEW.source)) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in wave_kinds is replaced');
END;

CREATE TRIGGER waves_unchanged BEFORE UPDATE ON waves BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in waves is changed');
END;
CREATE TRIGGER waves_undeleted BEFORE DELETE ON waves BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in waves is deleted');
END;
CREATE TRIGGER waves_unreplaced BEFORE INSERT ON waves
WHEN EXISTS (SELECT 1 FROM waves WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in waves is replaced');
END;

CREATE TRIGGER conditions_unchanged BEFORE UPDATE ON conditions BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in conditions is changed');
END;
CREATE TRIGGER conditions_undeleted BEFORE DELETE ON conditions BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in conditions is deleted');
END;
CREATE TRIGGER conditions_unreplaced BEFORE INSERT ON conditions
WHEN EXISTS (SELECT 1 FROM conditions WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in conditions is replaced');
END;

CREATE TRIGGER lines_unchanged BEFORE UPDATE ON lines BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in lines is changed');
END;
CREATE TRIGGER lines_undeleted BEFORE DELETE ON lines BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in lines is deleted');
END;
CREATE TRIGGER lines_unreplaced BEFORE INSERT ON lines
WHEN EXISTS (SELECT 1 FROM lines WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in lines is replaced');
END;

CREATE TRIGGER refused_frames_unchanged BEFORE UPDATE ON refused_frames BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in refused_frames is changed');
END;
CREATE TRIGGER refused_frames_undeleted BEFORE DELETE ON refused_frames BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in refused_frames is deleted');
END;
CREATE TRIGGER refused_frames_unreplaced BEFORE INSERT ON refused_frames
WHEN EXISTS (SELECT 1 FROM refused_frames WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in refused_frames is replaced');
END;
