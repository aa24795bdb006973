-- The names that each node keeps in memory follow what changes: who changed since, and who was forgotten. An id without a
-- person says nothing; it stays a day, so that a node that was away for a while forgets too.
CREATE INDEX dossier_person_changed ON dossier_person (changed_at);

CREATE TABLE dossier_forgotten (
	person TEXT PRIMARY KEY,
	at     BIGINT NOT NULL
);
CREATE INDEX dossier_forgotten_at ON dossier_forgotten (at);
