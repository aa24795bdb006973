// Package oversight opens a file in an emergency, and looks at who looked.
//
// It serves team leaders who must reach a file that is not theirs (noodtoegang), the privacy officer who judges afterwards
// whether that was right, caseworkers who want to see who looked in a file, and every colleague who wants to know who may
// do what.
//
// An emergency opens one file, by an exact number or by a name and a birth date, for three hours, with a reason. The person
// is told, and the privacy officer is. It waits in a list with an owner and an age until it is judged; nobody judges their
// own. A search that finds nothing is counted too, because it is how somebody would feel their way through the country.
//
// The reason may say anything about a person, so it is sealed with that person's key, and the person's own pages never show
// it: others may look along on that telephone. The log has identifiers only.
package oversight
