-- Who wrote in a file is asked for each look at it: out of the index alone, however many talks there were.
CREATE INDEX contact_moment_author ON contact_moment (person, author, visible, team);
