-- A record is of patients or of practice, from its making on: nothing simulated is written beside patients,
-- and no patient beside practice. for_practice is a function of migrations.py.

CREATE TABLE kind (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    practice INTEGER NOT NULL CHECK (practice IN (0, 1))
);
-- What holds anything already is older than practice apart: it is of patients, and its simulated sessions stay.
INSERT INTO kind SELECT 1, for_practice()
    AND NOT EXISTS (SELECT 1 FROM sessions) AND NOT EXISTS (SELECT 1 FROM journal);

CREATE TRIGGER sessions_of_one_kind BEFORE INSERT ON sessions
WHEN NEW.simulated <> (SELECT practice FROM kind) BEGIN
    SELECT RAISE(ABORT, 'the record is of one kind: patients and what is simulated are kept apart');
END;

CREATE TRIGGER kind_unchanged BEFORE UPDATE ON kind BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in kind is changed');
END;
CREATE TRIGGER kind_undeleted BEFORE DELETE ON kind BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in kind is deleted');
END;
CREATE TRIGGER kind_unreplaced BEFORE INSERT ON kind
WHEN EXISTS (SELECT 1 FROM kind WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in kind is replaced');
END;
