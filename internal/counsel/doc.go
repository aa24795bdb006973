// Package counsel is about the people outside who stand beside a refugee: their lawyer here, and an organisation in the
// country to which somebody chooses to go back.
//
// It serves the colleague who must reach a lawyer now; the lawyer, who signs in and sees exactly what their client agreed to,
// for as long as the client agrees; and the person, who reads who represents them and what that lawyer may see.
//
// What a lawyer sees is never copied: it is read anew at every request, from the same parts that a consent shows before
// somebody says yes. What must happen within a week stands first on their page when the dates were agreed to. A consent or a
// representation that ended is gone at the next request, as if it had never been. A lawyer writes nothing into a file: a
// question or a date lands on the caseworker's Vandaag, who decides.
//
// Speaking about return is closed: only colleagues who were set beside one talk know that there is one, it stands in no list
// and in no count, and the person stops it with one press. Who acts for the country of origin is refused by name.
package counsel
