// Package advocacy is the dossiers of advocacy: what we ask of whom, why, with whom, and what comes of it.
//
// A dossier holds a demand with its reasons, those who stand beside us and those who do not, every talk, letter, hearing, motion
// and article, what was promised and by when, and the result held against the demand. It leans on bottlenecks, which it knows by
// their address only. It knows no person and no file.
//
// A dossier is open to every colleague, or confidential to a named few. For all others a confidential one is not there: in no
// list, search, count, export, calendar or on Vandaag, and its address answers as one that never was. One predicate says so.
package advocacy
