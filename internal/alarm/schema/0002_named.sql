-- Who named a colleague as the one who acts; nobody when they took it themselves.
ALTER TABLE alarm_taken ADD COLUMN named_by TEXT NOT NULL DEFAULT '';
