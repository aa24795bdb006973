-- In which session a reading copy was last made new. When that session is ended from elsewhere, the copy goes with it.
ALTER TABLE portal_copy ADD COLUMN session TEXT NOT NULL DEFAULT '';
