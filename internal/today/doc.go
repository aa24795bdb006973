// Package today is Vandaag, the page with which a colleague begins the day: one sentence first, then what is due.
//
// It shows what other capabilities lend (ui.Panel) in the order of urgency, and opens no file itself. A panel's clause may
// hold *strong words*; a panel without work for this colleague lends nothing, and then nothing stands there.
package today
