-- What was told at a step, in other languages than Dutch. The words are sealed.
CREATE TABLE knelpunt_told (
	step    TEXT NOT NULL REFERENCES knelpunt_step (id),
	lang    TEXT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL,
	PRIMARY KEY (step, lang)
);
