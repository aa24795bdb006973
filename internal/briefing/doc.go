// Package briefing is voorlichting: telling people what awaits them before it happens, in a group or alone, in their language.
//
// A colleague plans a session at a location, with what is told, in which language and with which interpreter. People are
// invited from among those whose files the inviter may see: first who never heard of these subjects. On the day itself the
// leader of the session, often a volunteer without any file, sees how the invited are called and which language they
// speak, and nothing more; the next day that is gone. It is the ordinary predicate over ordinary grants that says so.
//
// What somebody understood is written down in their own words and sealed with their key. Who missed a session, could not
// come or did not understand is invited again; after two misses somebody asks why. What was told keeps the version of the
// text that was told. The plan of a location shows counts; whom they are about shows only to who may see their files.
package briefing
