-- What a letter asks is done, or not yet: by whom it was said, and when.
ALTER TABLE question_letter ADD COLUMN done BIGINT;
ALTER TABLE question_letter ADD COLUMN done_by TEXT NOT NULL DEFAULT '';
