// Package today is Vandaag, the page with which a colleague begins the day: one sentence first, then what is due.
//
// It shows what other capabilities lend (ui.Panel) in the order of urgency, and opens no file itself.
package today
