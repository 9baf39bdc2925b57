-- A registration counts up when its owner registers anew or is revoked: connections made under an earlier one are closed.
ALTER TABLE machine ADD COLUMN registration INTEGER NOT NULL DEFAULT 1;
ALTER TABLE machine ADD COLUMN revoked_at INTEGER;
ALTER TABLE machine ADD COLUMN admitted_until INTEGER;
ALTER TABLE process_server ADD COLUMN registration INTEGER NOT NULL DEFAULT 1;
ALTER TABLE process_server ADD COLUMN revoked_at INTEGER;
ALTER TABLE process_server ADD COLUMN admitted_until INTEGER;

CREATE TABLE user_account (
    id                TEXT PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,
    role              TEXT NOT NULL,
    certificate       TEXT NOT NULL,
    next_certificate  TEXT,
    certificate_until INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    revoked_at        INTEGER
) STRICT;

-- Each hash covers the one before; the key for them is not in the database.
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'The audit log is only added to.'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'The audit log is only added to.'); END;
