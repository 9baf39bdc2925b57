-- When this server ran: while it did not, nothing is known of any machine.
CREATE TABLE engine_run (
    started_at  INTEGER PRIMARY KEY,
    alive_until INTEGER NOT NULL
) STRICT;

-- From then on the newest durable point of a machine was another one, and so old; NULL where there was none or none is wanted.
CREATE TABLE rpo_mark (
    machine    TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    age_millis INTEGER,
    PRIMARY KEY (machine, at)
) STRICT, WITHOUT ROWID;

-- The health that was seen last, and since when it is so.
CREATE TABLE machine_health (
    machine TEXT PRIMARY KEY REFERENCES machine (id) ON DELETE CASCADE,
    health  TEXT NOT NULL,
    since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest test failover that was cleaned up, as control-api's LastTest.
CREATE TABLE last_test (
    machine  TEXT PRIMARY KEY REFERENCES machine (id) ON DELETE CASCADE,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
