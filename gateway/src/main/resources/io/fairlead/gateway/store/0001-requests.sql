-- Who called what: the values that requests are filtered and grouped by, each combination once.
-- Absent is ''. The tags are a JSON array.
CREATE TABLE dimension (
    id         INTEGER PRIMARY KEY,
    key_id     TEXT NOT NULL,
    key_name   TEXT NOT NULL,
    team       TEXT NOT NULL,
    user       TEXT NOT NULL,
    model      TEXT NOT NULL,
    deployment TEXT NOT NULL,
    provider   TEXT NOT NULL,
    tags       TEXT NOT NULL,
    UNIQUE (user, key_id, model, deployment, tags, key_name, team, provider)
) STRICT;

-- One row a request. "record" is the whole of it in the binary form of the journal; the columns are
-- what is asked for. Times are microseconds since 1970 in UTC. Spend is the sum of four whole
-- numbers, in units of 1, 1e-9, 1e-18 and 1e-27 USD, so that SUM is exact; null: unpriced.
CREATE TABLE request (
    seq                 INTEGER PRIMARY KEY,
    id                  TEXT NOT NULL UNIQUE,
    started_at          INTEGER NOT NULL,
    dimension           INTEGER NOT NULL,
    status              INTEGER NOT NULL,
    outcome             TEXT NOT NULL,
    input_tokens        INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    cache_write_tokens  INTEGER NOT NULL,
    output_tokens       INTEGER NOT NULL,
    reasoning_tokens    INTEGER NOT NULL,
    spend_usd           INTEGER,
    spend_nano          INTEGER,
    spend_atto          INTEGER,
    spend_ronto         INTEGER,
    record              BLOB NOT NULL
) STRICT;

CREATE INDEX request_by_time ON request (started_at);

-- Sums for each hour and dimension; they outlive the requests. "hour" is hours since 1970 in UTC.
CREATE TABLE usage_hour (
    hour                INTEGER NOT NULL,
    dimension           INTEGER NOT NULL,
    requests            INTEGER NOT NULL,
    errors              INTEGER NOT NULL,
    cancelled           INTEGER NOT NULL,
    unpriced            INTEGER NOT NULL,
    input_tokens        INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    cache_write_tokens  INTEGER NOT NULL,
    output_tokens       INTEGER NOT NULL,
    reasoning_tokens    INTEGER NOT NULL,
    spend_usd           INTEGER NOT NULL,
    spend_nano          INTEGER NOT NULL,
    spend_atto          INTEGER NOT NULL,
    spend_ronto         INTEGER NOT NULL,
    PRIMARY KEY (hour, dimension)
) STRICT, WITHOUT ROWID;

-- One row. Single requests that started before may have been removed.
CREATE TABLE retention (removed_before INTEGER NOT NULL) STRICT;
INSERT INTO retention VALUES (0);
