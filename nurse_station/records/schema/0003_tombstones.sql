-- A session can be taken out for good: first its tombstone is laid, then its rows may be deleted, and no
-- others. The session's own row stays, and so do the digests of its entries in the chain.

CREATE TABLE tombstones (
    session INTEGER PRIMARY KEY REFERENCES sessions (id),
    entry   INTEGER NOT NULL REFERENCES journal (id),  -- session_deleted: who, why, what, and the digest
    wall_us INTEGER NOT NULL,
    digest  BLOB NOT NULL CHECK (length(digest) = 32)  -- of all that was deleted (deletion.py)
);

CREATE TRIGGER tombstones_unchanged BEFORE UPDATE ON tombstones BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in tombstones is changed');
END;
CREATE TRIGGER tombstones_undeleted BEFORE DELETE ON tombstones BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in tombstones is deleted');
END;
CREATE TRIGGER tombstones_unreplaced BEFORE INSERT ON tombstones
WHEN EXISTS (SELECT 1 FROM tombstones WHERE session = NEW.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in tombstones is replaced');
END;

DROP TRIGGER numerics_undeleted;
CREATE TRIGGER numerics_undeleted BEFORE DELETE ON numerics
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE session = OLD.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in numerics is deleted');
END;

DROP TRIGGER waves_undeleted;
CREATE TRIGGER waves_undeleted BEFORE DELETE ON waves
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE session = OLD.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in waves is deleted');
END;

DROP TRIGGER conditions_undeleted;
CREATE TRIGGER conditions_undeleted BEFORE DELETE ON conditions
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE session = OLD.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in conditions is deleted');
END;

DROP TRIGGER lines_undeleted;
CREATE TRIGGER lines_undeleted BEFORE DELETE ON lines
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE session = OLD.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in lines is deleted');
END;

DROP TRIGGER refused_frames_undeleted;
CREATE TRIGGER refused_frames_undeleted BEFORE DELETE ON refused_frames
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE session = OLD.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in refused_frames is deleted');
END;

DROP TRIGGER journal_undeleted;
CREATE TRIGGER journal_undeleted BEFORE DELETE ON journal
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE session = OLD.session) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in journal is deleted');
END;
