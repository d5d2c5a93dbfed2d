-- Responses kept for clients: "body" is the answer with its input in JSON, "owner" the id of the
-- virtual key. Times are microseconds since 1970 in UTC.
CREATE TABLE response (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    owner      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    body       BLOB NOT NULL
) STRICT;

-- Holds what sums and searches for the oldest need, so that they read no bodies.
CREATE INDEX response_by_time ON response (created_at, bytes);
