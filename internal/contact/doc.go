// Package contact is the personal contact: the walk-in hour, what was said and done, what was promised, and appointments.
//
// It serves the volunteer who has thirty seconds to write something down, and the refugee who reads along. At a desk
// nobody has standing access: checking in opens one file, to that desk, for ninety minutes at most, and saving the contact
// closes it. Whoever wrote the note may finish it for fifteen more minutes, and sees nothing else.
//
// A note is never edited: a correction is a new version. A promise has an owner and a day, and stands on that colleague's
// Vandaag until it is done; done can be undone. Drafts are kept sealed on the server, never on the device.
package contact
