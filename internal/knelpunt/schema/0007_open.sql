-- What a structured form said in what came through the public form, sealed; empty without one.
ALTER TABLE knelpunt_report ADD COLUMN detail BYTEA;

-- A photograph of a report, until a colleague made a signal of it or put it aside.
ALTER TABLE knelpunt_photo ADD COLUMN report TEXT;
CREATE INDEX knelpunt_photo_report ON knelpunt_photo (report);
