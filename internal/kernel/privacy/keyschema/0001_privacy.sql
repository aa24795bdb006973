-- One wrapped key per person. This store has its own, short-lived backups: a key that is deleted here must be gone.
CREATE TABLE privacy_key (
	subject TEXT PRIMARY KEY,
	wrapped BYTEA NOT NULL,
	made    BIGINT NOT NULL
);

-- A value derived from the master key, so that a wrong one is noticed when the program starts.
CREATE TABLE privacy_proof (
	id    BIGINT PRIMARY KEY CHECK (id = 1),
	proof BYTEA NOT NULL
);
