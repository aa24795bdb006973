-- How eagerly colleagues signal: how many did in a week at each place, a line for each; empty in a week that was counted before this was
-- asked. With what the numbers were compared stands with each run, and what the desk chose for the next ones in monitor_choice.
ALTER TABLE monitor_week ADD COLUMN heard_at TEXT NOT NULL DEFAULT '';
ALTER TABLE monitor_run ADD COLUMN exposure TEXT NOT NULL DEFAULT 'guided';
CREATE TABLE monitor_choice (
	id       TEXT PRIMARY KEY CHECK (id = 'm'),
	exposure TEXT NOT NULL CHECK (exposure IN ('guided','effort')),
	at       BIGINT NOT NULL,
	made_by  TEXT NOT NULL
);
