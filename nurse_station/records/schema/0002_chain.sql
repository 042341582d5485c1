-- Each journal entry is bound to the one before (chain.py), and the chain's end is signed now and then.
-- entry_digest and chain_link are functions of migrations.py.

-- One row: what was there before the chain. Those entries were chained all at once, by this step: their
-- links show that nothing was changed since, not that nothing was before.
CREATE TABLE chain_start (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    chained_later INTEGER NOT NULL             -- id of the last such entry; 0: none
);
INSERT INTO chain_start SELECT 1, coalesce(max(id), 0) FROM journal;

-- id is the journal's. It refers to nothing: a deleted session's entries go, their digests stay.
CREATE TABLE chain (
    id     INTEGER PRIMARY KEY,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    link   BLOB NOT NULL CHECK (length(link) = 32)
);
INSERT INTO chain
SELECT id, digest, chain_link(digest) FROM (
    SELECT id, entry_digest(id, session, wall_us, mono, who, kind, body, replaces, why) AS digest
    FROM journal ORDER BY id
);

-- The public halves of the keys that signed here (Ed25519).
CREATE TABLE keys (
    id     INTEGER PRIMARY KEY,
    public BLOB NOT NULL UNIQUE CHECK (length(public) = 32)
);

CREATE TABLE checkpoints (
    id        INTEGER PRIMARY KEY,
    wall_us   INTEGER NOT NULL,
    last      INTEGER NOT NULL,                -- id of the last journal entry; 0: none yet
    link      BLOB NOT NULL,
    key       INTEGER NOT NULL REFERENCES keys (id),
    signature BLOB NOT NULL
);

CREATE TRIGGER chain_start_unchanged BEFORE UPDATE ON chain_start BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in chain_start is changed');
END;
CREATE TRIGGER chain_start_undeleted BEFORE DELETE ON chain_start BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in chain_start is deleted');
END;
CREATE TRIGGER chain_start_unreplaced BEFORE INSERT ON chain_start
WHEN EXISTS (SELECT 1 FROM chain_start WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in chain_start is replaced');
END;

CREATE TRIGGER chain_unchanged BEFORE UPDATE ON chain BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in chain is changed');
END;
CREATE TRIGGER chain_undeleted BEFORE DELETE ON chain BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in chain is deleted');
END;
CREATE TRIGGER chain_unreplaced BEFORE INSERT ON chain
WHEN EXISTS (SELECT 1 FROM chain WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in chain is replaced');
END;

CREATE TRIGGER keys_unchanged BEFORE UPDATE ON keys BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in keys is changed');
END;
CREATE TRIGGER keys_undeleted BEFORE DELETE ON keys BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in keys is deleted');
END;
CREATE TRIGGER keys_unreplaced BEFORE INSERT ON keys
WHEN EXISTS (SELECT 1 FROM keys WHERE id = NEW.id OR public = NEW.public) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in keys is replaced');
END;

CREATE TRIGGER checkpoints_unchanged BEFORE UPDATE ON checkpoints BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in checkpoints is changed');
END;
CREATE TRIGGER checkpoints_undeleted BEFORE DELETE ON checkpoints BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in checkpoints is deleted');
END;
CREATE TRIGGER checkpoints_unreplaced BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the record is append-only: nothing in checkpoints is replaced');
END;
