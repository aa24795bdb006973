-- One way in for each colleague. The password is an argon2id hash; the secret of the second factor is sealed.
CREATE TABLE account_login (
	colleague    TEXT PRIMARY KEY REFERENCES organisation_colleague (id),
	password     TEXT NOT NULL,
	password_set BIGINT,
	handle       BYTEA NOT NULL UNIQUE, -- how a passkey names its owner: random, so that it tells nothing
	totp         BYTEA,
	totp_new     BYTEA,                 -- a secret that is being set up and does not count yet
	totp_step    BIGINT NOT NULL,       -- the last time step that was used; an older one is a replay
	codes_shown  BYTEA,                 -- fresh recovery codes, sealed, until their owner says they are kept
	signed_in    BIGINT,
	reset_by     TEXT NOT NULL,         -- who took the second step away, and when
	reset_at     BIGINT
);

-- Recovery codes: only a keyed hash, each good once.
CREATE TABLE account_recovery (
	colleague TEXT NOT NULL REFERENCES organisation_colleague (id),
	code      BYTEA NOT NULL,
	made      BIGINT NOT NULL,
	used      BIGINT,
	PRIMARY KEY (colleague, code)
);

CREATE TABLE account_passkey (
	id         TEXT PRIMARY KEY,
	colleague  TEXT NOT NULL REFERENCES organisation_colleague (id),
	credential BYTEA NOT NULL UNIQUE,
	data       BYTEA NOT NULL, -- public key and counter, sealed
	name       TEXT NOT NULL,
	made       BIGINT NOT NULL,
	used       BIGINT,
	ended      BIGINT
);
CREATE INDEX account_passkey_colleague ON account_passkey (colleague);

-- Links that let somebody choose a password, each good once. Only their hash is kept.
CREATE TABLE account_invite (
	token     BYTEA PRIMARY KEY,
	colleague TEXT NOT NULL REFERENCES organisation_colleague (id),
	made      BIGINT NOT NULL,
	until     BIGINT NOT NULL,
	used      BIGINT,
	made_by   TEXT NOT NULL
);
CREATE INDEX account_invite_colleague ON account_invite (colleague);

-- Failed tries. What was tried is a keyed hash: no address of a visitor and no name is kept here.
CREATE TABLE account_try (
	what  BYTEA PRIMARY KEY,
	fails BIGINT NOT NULL,
	last  BIGINT NOT NULL,
	until BIGINT NOT NULL
);
CREATE INDEX account_try_last ON account_try (last);

-- Questions put to a passkey, each good once and for five minutes.
CREATE TABLE account_question (
	id    BYTEA PRIMARY KEY,
	data  BYTEA NOT NULL,
	until BIGINT NOT NULL
);
