package counsel

// This file holds the address book: lawyers, and organisations abroad. It is work data of professionals, kept current; an entry
// is ended and never deleted.

import (
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// The kinds of entries.
const (
	Lawyer  = "lawyer"
	Partner = "partner" // an organisation abroad
)

// Party is one entry.
type Party struct {
	ID, Kind              string
	Name, Office, Area    string // of a lawyer: the office, and where they are sworn in
	Country, Offers, Data string // of a partner: what it does, and what must be known about how it keeps data
	Phone, Email          string
	Reachable, Languages  string
	Verified              time.Time // when a colleague made sure that the e-mail address is theirs
	VerifiedBy            string
	Changed               time.Time
	ChangedBy             string
	Ended                 time.Time
	EndedWhy              string
	Version               int64
}

// partyWas is what an entry was before a change; Body is the form as it was.
type partyWas struct {
	Version int64
	At      time.Time
	ByWhom  string
	Body    string
}

// PartyInput is the form of an entry.
type PartyInput struct {
	Kind                                                                                   string
	Name, Office, Area, Country, Offers, Data, Phone, Email, Reachable, Languages, Version string
}

// ReadParty takes the fields of a form.
func ReadParty(f url.Values) PartyInput {
	one := func(k string) string { return strings.Join(strings.Fields(f.Get(k)), " ") }
	return PartyInput{Kind: one("soort"), Name: one("naam"), Office: one("kantoor"), Area: one("gebied"), Country: one("land"), Offers: strings.TrimSpace(f.Get("biedt")), Data: strings.TrimSpace(f.Get("gegevens")),
		Phone: one("telefoon"), Email: one("email"), Reachable: one("bereikbaar"), Languages: one("talen"), Version: one("versie")}
}

// Input is an entry as its form shows it.
func (p Party) Input() PartyInput {
	return PartyInput{Kind: p.Kind, Name: p.Name, Office: p.Office, Area: p.Area, Country: p.Country, Offers: p.Offers, Data: p.Data, Phone: p.Phone, Email: p.Email, Reachable: p.Reachable, Languages: p.Languages}
}

const (
	lineMost = 120
	textMost = 1000
)

// Check finds all faults of a form.
func (in PartyInput) Check() fault.Fields {
	var fs fault.Fields
	if in.Name == "" {
		fs.Add("naam", "counsel.error.name")
	}
	forbidden := privacy.Forbidden
	if in.Kind == Partner {
		forbidden = privacy.ForbiddenAbroad
	}
	for _, x := range []struct{ name, value string }{{"naam", in.Name}, {"kantoor", in.Office}} {
		if forbidden(x.value) {
			fs.Add(x.name, "counsel.error.forbidden")
		}
	}
	switch in.Kind {
	case Lawyer:
		if in.Office == "" {
			fs.Add("kantoor", "counsel.error.office")
		}
		if in.Phone == "" && in.Email == "" {
			fs.Add("telefoon", "counsel.error.reach")
		}
	case Partner:
		if in.Country == "" {
			fs.Add("land", "counsel.error.country")
		}
		if in.Offers == "" {
			fs.Add("biedt", "counsel.error.offers")
		}
	}
	if in.Email != "" {
		if a, err := mail.ParseAddress(in.Email); err != nil || a.Address != in.Email || !strings.Contains(in.Email, ".") {
			fs.Add("email", "counsel.error.email")
		}
	}
	if in.Phone != "" && dossier.PhoneURL(in.Phone) == "" {
		fs.Add("telefoon", "counsel.error.phone")
	}
	for _, x := range []struct{ name, value string }{{"naam", in.Name}, {"kantoor", in.Office}, {"gebied", in.Area}, {"land", in.Country}, {"telefoon", in.Phone}, {"email", in.Email}, {"bereikbaar", in.Reachable}, {"talen", in.Languages}} {
		text(&fs, x.name, x.value, lineMost)
	}
	text(&fs, "biedt", in.Offers, textMost)
	text(&fs, "gegevens", in.Data, textMost)
	return fs
}

// text checks one free text: not too long, and no citizen service number in it.
func text(fs *fault.Fields, name, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		fs.Add(name, "counsel.error.long", "n", most)
	}
	if privacy.HasBSN(s) {
		fs.Add(name, "counsel.error.bsn")
	}
}
