-- What a person follows of what they reported without a name: one row of each person who follows anything, with one sealed list of a
-- size that tells little. No day, no order, no count. Only the person's own pages read it.
CREATE TABLE dossier_follow (
	person TEXT PRIMARY KEY REFERENCES dossier_person (id),
	body   BYTEA NOT NULL
);
