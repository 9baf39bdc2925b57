-- Process servers that served a machine before its present one. What they stored before they had handed over may be told late:
-- slots below the first that a successor told; NULL until one has told.
CREATE TABLE former_server (
    machine        TEXT NOT NULL REFERENCES machine (id) ON DELETE CASCADE,
    process_server TEXT NOT NULL,
    before_slot    INTEGER,
    PRIMARY KEY (machine, process_server)
) STRICT, WITHOUT ROWID;
