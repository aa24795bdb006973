// Package ui is how every page looks: the stylesheet, the shells of staff, portal and plain pages, and the components
// that pages are made of.
//
// Pages are typed templ components. There is no inline style and no inline script, so a strict content-security policy
// holds; every page works without a script. The styleguide (/stijlgids) shows each component in Dutch and in Arabic.
//
// The components (a test keeps this list and the styleguide complete):
//
// Shells; each page has one h1 inside, and the app puts a Frame around them with WithFrame:
//
//	Staff(Page) {…}                    a colleague's page: bar, search, menu
//	Portal(Page) {…}                   a refugee's page: phone first, device fonts, the way out at hand
//	Outside(Page) {…}                  a page of somebody who does not work here, such as a lawyer
//	Plain(Page) {…}                    a page before a sign-in
//	FaultPage(*web.Visit, *fault.Fault) the page of a fault, in the shell of whoever asked
//
// Forms; ErrAt finds the fault of a field, Page.Errors marks the title:
//
//	Once()                             the hidden idempotency key; every form that writes has one
//	Errors(fault.Fields)               the summary, above the h1; links to the fields
//	Field(F)  TextArea(F)  DateField(F) one input with its label, hint and fault
//	DayField(F, clock.Other, fault.Fields) a day that may stand in another calendar on a letter
//	Select(F, []Option)                a long list
//	Radios(Group)  Pills(Group) {…}  PillRow(Group)  Tiles(Group)   one or several of a few
//	File(F, accept, capture string)    a file; Recorder(RecorderP) one that is a voice, recorded here when a script runs
//	Check(name, value, label, hint string, on bool)
//	Submit(label string)               the one main button
//	Act(url, label, class string)      a form of one button: links act on POST
//	Confirm(ConfirmP) {…}              asks once more
//	Conflict(theirs, mine VersionP)    two versions side by side
//
// Parts of a page:
//
//	Icon(name string)  Tag(kind, icon, text string)  Due(DueP)
//	Note(kind string) {…}  Card(title string) {…}  Empty(text string) {…}
//	Heading(id, picture, text string)  a title with one of the twelve pictures
//	Listen(part string)                a part of a page read aloud: Frame.Aloud, or the voice of the telephone
//	Words(title string, []Term)        hard words, each explained on a tap; Portal shows those of Frame.Glossary by itself
//	Section(id, title, link, url string) {…}
//	Rows() {…}  Row(RowP) {…}          one thing per row, the whole row is the link
//	Facts([]FactP)  Sum([]FactP)       labels and values, wide and compact
//	Steps([]StepP)  Timeline([]MomentP)  Tabs(label string, []TabP)
//	Progress(label string, done, of int) long work; Page.Refresh asks for the page again
//	Plot(PlotP)  PlotKey([]Option)     numbers over time and what its signs mean; a table that says the same stands beside it
//
// What a page may tell the script: data-draft and data-offline on a form (drafts), data-suggest and data-into on a field
// (suggestions while typing), data-digit on a choice and data-key on a link (shortcuts), data-print on a hidden button (it
// prints the page), data-pow on a form with the fields raadsel and som (so many zero bits its answer needs). On paper the class noprint leaves something out, and a link of the class src shows its address.
package ui
