-- What whoever reported says in coarse words, when they know it; empty when they do not. It goes with the words.
ALTER TABLE knelpunt_report ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE knelpunt_report ADD COLUMN institution TEXT NOT NULL DEFAULT '';
ALTER TABLE knelpunt_report ADD COLUMN month TEXT NOT NULL DEFAULT '';
ALTER TABLE knelpunt_report ADD COLUMN seen TEXT NOT NULL DEFAULT '';
