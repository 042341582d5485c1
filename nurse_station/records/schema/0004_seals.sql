-- What a session's monitors said is sealed with each signature: one row holds the digest of all that was
-- written of one session since its seal before (seals.py), and the checkpoint signs the digest of its seals.

CREATE TABLE seals (
    id         INTEGER PRIMARY KEY,
    checkpoint INTEGER NOT NULL REFERENCES checkpoints (id),
    session    INTEGER NOT NULL REFERENCES sessions (id),
    spans      TEXT NOT NULL,                  -- JSON, {table: [after which id, until which id, rows]}
    digest     BLOB NOT NULL CHECK (length(digest) = 32)
);
CREATE INDEX seals_by_session ON seals (session);
CREATE INDEX seals_by_checkpoint ON seals (checkpoint);

-- NULL: the checkpoint is older than the seals.
ALTER TABLE checkpoints ADD COLUMN seals BLOB;

CREATE TRIGGER seals_unchanged BEFORE UPDATE ON seals BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in seals is changed');
END;
CREATE TRIGGER seals_undeleted BEFORE DELETE ON seals BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in seals is deleted');
END;
CREATE TRIGGER seals_unreplaced BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in seals is replaced');
END;
