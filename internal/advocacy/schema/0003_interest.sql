-- Who pays us, or has another hold on us: a funder, somebody with whom we have a contract. Who it is, what for, who decided how the
-- interests are kept apart, and how it read before, is sealed. Gone is when it was taken away: it can be put back.
CREATE TABLE advocacy_interest (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL CHECK (kind IN ('grant','contract','gift','seat','pact','other')),
	since   TEXT NOT NULL,
	until   TEXT,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	gone    BIGINT,
	version BIGINT NOT NULL,
	body    BYTEA NOT NULL
);

-- Beside which dossiers somebody put one that is not named in them.
CREATE TABLE advocacy_tie (
	dossier  TEXT NOT NULL REFERENCES advocacy_dossier (id),
	interest TEXT NOT NULL REFERENCES advocacy_interest (id),
	PRIMARY KEY (dossier, interest)
);
