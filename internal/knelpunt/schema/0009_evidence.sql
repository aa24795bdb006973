-- A quote that may leave the house waits for a second colleague before others read it, and says who that was.
ALTER TABLE knelpunt_evidence ADD COLUMN waits BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE knelpunt_evidence ADD COLUMN seen_by TEXT NOT NULL DEFAULT '';
