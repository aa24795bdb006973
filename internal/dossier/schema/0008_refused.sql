-- How many questions about people elsewhere were refused on a day, in one row of kind 'limit'.
ALTER TABLE dossier_asked ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
