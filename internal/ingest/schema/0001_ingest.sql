-- One file on its way in. Its name, its bytes and how its columns are matched are sealed; the bytes go when they were read.
CREATE TABLE ingest_batch (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL CHECK (kind IN ('people','municipality','nationality','country')),
	state    TEXT NOT NULL CHECK (state IN ('matching','reading','checking','ready','writing','done','undoing','undone','dropped')),
	hash     BYTEA NOT NULL,
	name     BYTEA,
	matched  BYTEA,
	total    BIGINT NOT NULL,
	done     BIGINT NOT NULL,
	written  BIGINT NOT NULL,
	stays    BIGINT NOT NULL,
	team     TEXT NOT NULL,
	location TEXT NOT NULL,
	helper   TEXT NOT NULL,
	at       BIGINT NOT NULL,
	by       TEXT NOT NULL,
	acts     TEXT NOT NULL,
	ended    BIGINT,
	note     TEXT NOT NULL,
	version  BIGINT NOT NULL
);
CREATE INDEX ingest_batch_at ON ingest_batch (at);
CREATE INDEX ingest_batch_hash ON ingest_batch (hash);

-- The uploaded file, sealed, until its rows were read.
CREATE TABLE ingest_file (
	batch TEXT PRIMARY KEY REFERENCES ingest_batch (id),
	data  BYTEA NOT NULL
);

-- Rows: the matched columns, sealed, with what is wrong with them. They are deleted when the batch is done.
CREATE TABLE ingest_row (
	batch  TEXT NOT NULL REFERENCES ingest_batch (id),
	n      BIGINT NOT NULL,
	state  TEXT NOT NULL CHECK (state IN ('new','fault','twin','known','skip','put')),
	print  BYTEA NOT NULL,
	vtoken BYTEA,
	cells  BYTEA NOT NULL,
	helper TEXT NOT NULL,
	person TEXT,
	PRIMARY KEY (batch, n)
);
CREATE INDEX ingest_row_state ON ingest_row (batch, state, n);
CREATE INDEX ingest_row_print ON ingest_row (batch, print, n);
CREATE INDEX ingest_row_vtoken ON ingest_row (batch, vtoken, n);

-- Fingerprints of people that were imported, so that the same row twice changes nothing. Two people may have the same one
-- when somebody decided that two equal rows are two people.
CREATE TABLE ingest_print (
	print  BYTEA NOT NULL,
	batch  TEXT NOT NULL REFERENCES ingest_batch (id),
	person TEXT NOT NULL,
	stays  BOOLEAN NOT NULL,
	PRIMARY KEY (print, person)
);
CREATE INDEX ingest_print_batch ON ingest_print (batch, stays, person);
-- The batch is in it too: with two indexes of one matching column the other may be taken, and a whole batch be read for each
-- person that is taken back.
CREATE INDEX ingest_print_person ON ingest_print (person, batch);

-- One row that every writing step changes first, so that two batches cannot write the same person at the same time.
CREATE TABLE ingest_turn (
	id TEXT PRIMARY KEY CHECK (id = 'turn'),
	n  BIGINT NOT NULL
);

-- What stood in an official list before a batch changed it. A line that was not there has no name.
CREATE TABLE ingest_before (
	batch TEXT NOT NULL REFERENCES ingest_batch (id),
	code  TEXT NOT NULL,
	name  TEXT,
	since TEXT,
	until TEXT,
	PRIMARY KEY (batch, code)
);

-- How the columns of a file of this make were matched last time.
CREATE TABLE ingest_memory (
	sign    BYTEA PRIMARY KEY,
	matched BYTEA NOT NULL,
	at      BIGINT NOT NULL
);
