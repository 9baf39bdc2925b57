-- Times are milliseconds since 1970. Documents are JSON as control-api writes it.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE policy (
    name     TEXT PRIMARY KEY,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE process_server (
    id                TEXT PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,
    certificate       TEXT NOT NULL,
    next_certificate  TEXT,
    certificate_until INTEGER NOT NULL,
    hosts             TEXT NOT NULL,
    port              INTEGER NOT NULL,
    version           INTEGER NOT NULL
) STRICT;

CREATE TABLE machine (
    id                  TEXT PRIMARY KEY,
    name                TEXT NOT NULL UNIQUE,
    certificate         TEXT NOT NULL,
    next_certificate    TEXT,
    order_version       INTEGER NOT NULL,
    state               TEXT NOT NULL,
    policy              TEXT REFERENCES policy (name),
    process_server      TEXT REFERENCES process_server (id),
    epoch               INTEGER NOT NULL,
    test_failover_state TEXT NOT NULL,
    test_failover_job   TEXT,
    inventory           TEXT,
    newest_point        TEXT
) STRICT;

CREATE INDEX machine_by_process_server ON machine (process_server);

CREATE TABLE disk (
    id         TEXT PRIMARY KEY,
    machine    TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    device     TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    boot       INTEGER NOT NULL,
    active     INTEGER NOT NULL,
    UNIQUE (machine, device)
) STRICT;

CREATE TABLE job (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    machine    TEXT,
    kind       TEXT NOT NULL,
    finished   INTEGER NOT NULL,
    document   TEXT NOT NULL,
    request    TEXT NOT NULL
) STRICT;

CREATE INDEX job_by_machine ON job (machine, finished);
CREATE INDEX job_unfinished ON job (created_at) WHERE finished = 0;

CREATE TABLE machine_order (
    id          TEXT PRIMARY KEY,
    machine     TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    job         TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    document    TEXT NOT NULL
) STRICT;

CREATE INDEX machine_order_by_machine ON machine_order (machine, created_at);

CREATE TABLE durable_slot (
    machine        TEXT NOT NULL,
    slot           INTEGER NOT NULL,
    incarnation    TEXT NOT NULL,
    generation     INTEGER NOT NULL,
    point          TEXT,
    received_bytes INTEGER NOT NULL,
    stored_bytes   INTEGER NOT NULL,
    reported_at    INTEGER NOT NULL,
    PRIMARY KEY (machine, slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX durable_slot_by_point ON durable_slot (point) WHERE point IS NOT NULL;

CREATE TABLE event (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    time     INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;

-- Documents that the vault must hold and does not hold yet.
CREATE TABLE outbox (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;
