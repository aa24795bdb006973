-- A code may prove a telephone for notices too: then this says so.
ALTER TABLE portal_code ADD COLUMN goal TEXT NOT NULL DEFAULT '';

-- Who wishes to hear that something is new, of what, and on which telephone (sealed). News is when the latest thing happened that
-- they have not looked at; which thing it was is not kept. Message is the one that is on its way.
CREATE TABLE portal_notice (
	person  TEXT PRIMARY KEY,
	body    BYTEA NOT NULL,
	kinds   TEXT NOT NULL,
	lang    TEXT NOT NULL,
	since   BIGINT NOT NULL,
	news    BIGINT,
	sent    BIGINT,
	message TEXT NOT NULL,
	outcome TEXT NOT NULL
);
CREATE INDEX portal_notice_news ON portal_notice (news);
CREATE INDEX portal_notice_message ON portal_notice (message);
