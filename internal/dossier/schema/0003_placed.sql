-- When a file moved to another location: each node knows in its memory where people are helped, and follows what changes.
ALTER TABLE dossier_person ADD COLUMN placed_at BIGINT;
CREATE INDEX dossier_person_placed ON dossier_person (placed_at);
