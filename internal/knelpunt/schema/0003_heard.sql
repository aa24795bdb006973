-- What somebody who signalled has read of what was told: by their blind token, so that nobody reads who signalled.
CREATE TABLE knelpunt_heard (
	raiser BYTEA NOT NULL,
	step   TEXT NOT NULL REFERENCES knelpunt_step (id),
	PRIMARY KEY (raiser, step)
);
