-- Whether somebody may see a person is asked for every row of every list: the index alone answers it.
DROP INDEX access_grant_subject;
CREATE INDEX access_grant_sees ON access_grant (subject, holder, ended, until, since, level);
