// Package family is the family as it is: who belongs to whom, where everybody is, who counts under which rule and why, and
// how far each one is on the way here.
//
// A family is told by one person and belongs to that person's file: everything in it is sealed with their key. Two clients
// of one family have two families here, and neither is opened by the other. That a relative has a file of their own is
// known only to who may see that file for a reason of their own; to everybody else the page is the same as without.
//
// When two part, everything that one of them sees of the other ends in one transaction, and where the one is no longer
// stands in the file of the other. Who may see something for a child sees it until the child may be eighteen, and no longer.
// Which dates follow from an application or a decision is not computed here but where the law is: procedure lends them.
package family
