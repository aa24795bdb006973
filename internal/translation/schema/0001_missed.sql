-- How often a text was not there in the language of a page, since a day. By language and key only.
CREATE TABLE translation_missed (
	tag   TEXT NOT NULL,
	key   TEXT NOT NULL,
	n     BIGINT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (tag, key)
);
