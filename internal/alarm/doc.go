// Package alarm warns everybody who can still do something when somebody may be removed to danger (refoulement).
//
// One press in a file raises an alarm about one person; everything else may be unknown. At once it stands on every page of
// those who may do something: who helps the person, the leads and the legal staff of the team, the region and the national
// desk. They see where it is and how many hours are left, not who it is; the name stands in the file. Whoever says "I take
// it" gets what a desk sees of that file, for as long as the alarm lasts and at most a week, until a lead renews it. A lead,
// or whoever is on it, may name a colleague of the team, who then gets the same, and is on it from the moment that they say
// so. What was done is added to and never changed. When the alarm ends, what it opened is closed; somebody else looks back at
// it later.
//
// A lead, a region or legal staff raise an alarm about a group, by what is objective. The number comes at once, out of the
// memory of the node, rounded; the list of names is a second step, after a purpose in words, of one's own reach, each person
// in the access log before the name is shown. Who meets the criteria later joins by itself until the alarm ends.
//
// What is said about a person is sealed with that person's key. Who belongs to a group stands nowhere by itself: the members
// are one value, sealed with a key of the house, so that a stolen database does not tell who belongs together.
package alarm
