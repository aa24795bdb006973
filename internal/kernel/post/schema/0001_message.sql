-- Messages that still have to be carried. To and text are sealed, and the row goes when it was carried.
CREATE TABLE post_message (
	id    TEXT PRIMARY KEY,
	body  BYTEA NOT NULL,
	at    BIGINT NOT NULL,
	until BIGINT NOT NULL,
	next  BIGINT NOT NULL,
	tries BIGINT NOT NULL
);
CREATE INDEX post_message_next ON post_message (next);
