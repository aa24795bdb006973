-- What the question "known elsewhere?" was asked by, and whom the one masked answer was about: so that it can be reviewed,
-- and so that those responsible for that file can be asked to let the asker in.
ALTER TABLE dossier_asked ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier_asked ADD COLUMN person TEXT;
CREATE INDEX dossier_asked_person ON dossier_asked (person);
CREATE INDEX dossier_asked_day ON dossier_asked (day, actor);
