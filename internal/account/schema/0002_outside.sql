-- People outside, such as lawyers, who have an account and no post. Work data of professionals, plain.
CREATE TABLE account_outside (
	id      TEXT PRIMARY KEY, -- "o-…": an id tells which sort of account it is
	name    TEXT NOT NULL,
	email   TEXT NOT NULL UNIQUE,
	lang    TEXT NOT NULL,
	made    BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	ended   BIGINT
);

-- The ways in belong to an account of either sort, so they no longer point at colleagues only. "colleague" is whose it is.
CREATE TABLE account_login_all (
	colleague    TEXT PRIMARY KEY,
	password     TEXT NOT NULL,
	password_set BIGINT,
	handle       BYTEA NOT NULL UNIQUE,
	totp         BYTEA,
	totp_new     BYTEA,
	totp_step    BIGINT NOT NULL,
	codes_shown  BYTEA,
	signed_in    BIGINT,
	reset_by     TEXT NOT NULL,
	reset_at     BIGINT
);
INSERT INTO account_login_all SELECT colleague, password, password_set, handle, totp, totp_new, totp_step, codes_shown, signed_in, reset_by, reset_at FROM account_login;
DROP TABLE account_login;
ALTER TABLE account_login_all RENAME TO account_login;

CREATE TABLE account_recovery_all (
	colleague TEXT NOT NULL,
	code      BYTEA NOT NULL,
	made      BIGINT NOT NULL,
	used      BIGINT,
	PRIMARY KEY (colleague, code)
);
INSERT INTO account_recovery_all SELECT colleague, code, made, used FROM account_recovery;
DROP TABLE account_recovery;
ALTER TABLE account_recovery_all RENAME TO account_recovery;

CREATE TABLE account_passkey_all (
	id         TEXT PRIMARY KEY,
	colleague  TEXT NOT NULL,
	credential BYTEA NOT NULL UNIQUE,
	data       BYTEA NOT NULL,
	name       TEXT NOT NULL,
	made       BIGINT NOT NULL,
	used       BIGINT,
	ended      BIGINT
);
INSERT INTO account_passkey_all SELECT id, colleague, credential, data, name, made, used, ended FROM account_passkey;
DROP TABLE account_passkey;
ALTER TABLE account_passkey_all RENAME TO account_passkey;
CREATE INDEX account_passkey_owner ON account_passkey (colleague);

CREATE TABLE account_invite_all (
	token     BYTEA PRIMARY KEY,
	colleague TEXT NOT NULL,
	made      BIGINT NOT NULL,
	until     BIGINT NOT NULL,
	used      BIGINT,
	made_by   TEXT NOT NULL
);
INSERT INTO account_invite_all SELECT token, colleague, made, until, used, made_by FROM account_invite;
DROP TABLE account_invite;
ALTER TABLE account_invite_all RENAME TO account_invite;
CREATE INDEX account_invite_owner ON account_invite (colleague);
