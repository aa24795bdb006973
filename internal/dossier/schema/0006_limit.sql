-- Since when, and until when, a person wants their data to be used less (AVG 18). Nothing in both is no restriction.
ALTER TABLE dossier_person ADD COLUMN limited BIGINT;
ALTER TABLE dossier_person ADD COLUMN limited_until BIGINT;
