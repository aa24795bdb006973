-- That something of a file was signalled. The day only, and sealed words: nothing here leads to the signal itself, and nothing
-- of the signal leads here.
CREATE TABLE dossier_receipt (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL REFERENCES dossier_person (id),
	day     TEXT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX dossier_receipt_person ON dossier_receipt (person, day);
