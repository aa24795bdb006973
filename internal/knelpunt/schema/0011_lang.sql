-- In which of the few languages whoever signalled reads what is done; empty for Dutch, or when nobody wishes to hear.
ALTER TABLE knelpunt_signal ADD COLUMN lang TEXT NOT NULL DEFAULT '';
