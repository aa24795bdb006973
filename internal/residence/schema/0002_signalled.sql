-- That a report about a place became a signal, for who reads the file; which signal it was stands nowhere.
ALTER TABLE residence_condition ADD COLUMN signalled BOOLEAN NOT NULL DEFAULT FALSE;
