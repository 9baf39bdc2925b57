-- Limits of what a process server's machines may send, as control-api's ThrottleSetting; NULL means none.
ALTER TABLE process_server ADD COLUMN throttle TEXT;
