// Package ingest reads tables from elsewhere: people from an old system, and the official lists.
//
// It serves an administrator who has a CSV or XLSX file. The file is looked at (encoding, marks between cells, sheet),
// its columns are matched with what a file can hold, and every row is checked by the dossier's own rules before anything
// is written. A row with a fault says so in words and can be repaired in the page. Who may be known already is proposed,
// by blind tokens, and never shown.
//
// A batch is confirmed as a whole: nobody can see any of its people before the last one is written, and it can be taken
// back as long as nobody has worked with them. The same row twice changes nothing. What was uploaded is sealed, only the
// columns that were matched are kept, and when the batch is done the rows are deleted. A file with citizen service numbers
// is refused.
//
// The administrator who imports gets no access to the files: every person goes to a caseworker.
package ingest
