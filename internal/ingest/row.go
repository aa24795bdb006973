package ingest

// This file turns one row into a person, by the dossier's own rules, or into a line of an official list, and says in words
// what is wrong with it.

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Person is what a row says of somebody.
type Person struct {
	Profile dossier.Profile
	Address string // goes behind the lock and stands in no profile
	Helper  string // mail address of the caseworker
}

// ReadPerson turns the values of a row into a person. Nations are the official nationalities by code.
func (m Match) ReadPerson(v map[string]string, nations map[string]string, today clock.Date) (Person, fault.Fields) {
	var fs fault.Fields
	for f, s := range v {
		if strings.ContainsRune(s, utf8.RuneError) {
			fs.Add(f, "ingest.error.letters")
		}
		if privacy.HasBSN(s) && f != "phone" {
			fs.Add(f, "ingest.error.bsn")
		}
	}
	in := dossier.Input{Called: v["called"], Pronoun: v["pronoun"], Own: v["script"], Phone: v["phone"], VNumber: v["vnumber"], ZNumber: v["znumber"],
		Source: map[string]string{}}
	place, address := apart(v["lives"], v["address"])
	in.Lives = place
	if utf8.RuneCountInString(address) > dossier.AddressMost {
		at := "address"
		if v[at] == "" {
			at = "lives"
		}
		fs.Add(at, "ingest.error.address", "n", dossier.AddressMost)
	}
	for _, t := range dossier.Traced {
		in.Source[t] = m.Source
	}
	var from []string // the field of each name part
	part := func(field, role string) {
		if v[field] != "" {
			in.NameText, in.NameRole, from = append(in.NameText, v[field]), append(in.NameRole, role), append(from, field)
		}
	}
	part("own", "own")
	part("father", "father")
	part("grandfather", "grandfather")
	part("family", "family")
	if len(from) == 0 {
		part("name", "other") // which part is which nobody said
	} else if v["name"] != "" {
		in.VariantText, in.VariantSource = []string{v["name"]}, []string{m.Source}
	}
	for _, f := range []string{"own", "name", "family"} {
		if in.Called == "" {
			in.Called = v[f]
		}
	}
	m.birth(v, &in, &fs, today)
	in.Nationality = nation(v["nationality"], nations, &fs)
	for w := range strings.FieldsFuncSeq(v["language"], func(r rune) bool { return strings.ContainsRune("/,;+&|", r) }) {
		if w = strings.TrimSpace(w); w == "" {
			continue
		}
		if tag, ok := m.Means("language", w, tongues); !ok {
			fs.Add("language", "ingest.error.language", "word", w)
		} else if tag != "" {
			in.Tongue = append(in.Tongue, tag)
		}
	}
	if w := v["interpreter"]; w != "" {
		tag, ok := m.Means("interpreter", w, interpreters)
		if !ok {
			fs.Add("interpreter", "ingest.error.interpreter", "word", w)
		}
		in.Interpreter = tag
	}
	p, more := in.Check(today)
	for _, f := range more {
		f.Name = fieldOf(f.Name, from, v)
		if !slices.ContainsFunc(fs, func(x fault.Field) bool { return x.Name == f.Name }) {
			fs = append(fs, f)
		}
	}
	slices.SortFunc(fs, func(a, b fault.Field) int { return strings.Compare(a.Name+a.Key, b.Name+b.Key) })
	return Person{Profile: p, Address: address, Helper: organisation.NormalEmail(v["helper"])}, fs
}

// apart parts the place, which the profile holds, from the address, which is kept apart. What says more than a place is an
// address, in whichever column it stands; of an address the town behind the last comma is the place.
func apart(lives, address string) (place, lines string) {
	place = dossier.Place(lives)
	var all []string
	if address != "" {
		all = append(all, address)
	}
	if dossier.Addressed(lives) {
		all = append(all, lives)
	}
	if i := strings.LastIndex(address, ","); place == "" && i >= 0 {
		place = dossier.Place(strings.TrimSpace(address[i+1:])) // without the postcode
	}
	return place, strings.Join(all, "\n")
}

func (m Match) birth(v map[string]string, in *dossier.Input, fs *fault.Fields, today clock.Date) {
	field, s := "birth", v["birth"]
	if s == "" {
		field, s = "birth_year", v["birth_year"]
	}
	if s == "" {
		return
	}
	w, bad := ReadWhen(s, m.Order)
	if bad == "" && (w.Year < 1900 || w.Year > today.Year) {
		bad = "ingest.error.date.century"
	}
	if bad != "" {
		fs.Add(field, bad, "word", s)
		return
	}
	num := func(n int) []string {
		if n == 0 {
			return []string{""}
		}
		return []string{strconv.Itoa(n)}
	}
	in.BirthYear, in.BirthMonth, in.BirthDay, in.BirthSource = num(w.Year), num(w.Month), num(w.Day), []string{m.Source}
	in.BirthAsk = []string{"0"} // a file cannot be asked about 1 January; the source tells how much it is worth
	if w.About {
		in.BirthAbout = []string{"0"}
	}
}

var fourDigits = regexp.MustCompile(`^[0-9]{1,4}$`)

// nation writes a nationality as the official list does when the file has its code.
func nation(s string, nations map[string]string, fs *fault.Fields) string {
	if !fourDigits.MatchString(s) {
		return s
	}
	name, ok := nations[padded(s)]
	if !ok {
		fs.Add("nationality", "ingest.error.nation", "word", s)
	}
	return name
}

// padded gives a code the zeros back that a spreadsheet takes off.
func padded(s string) string {
	for len(s) < 4 {
		s = "0" + s
	}
	return s
}

// fieldOf is the column to which a fault of the dossier belongs.
func fieldOf(name string, from []string, v map[string]string) string {
	base, line, _ := strings.Cut(name, "-")
	switch {
	case base == "called":
		for _, f := range []string{"called", "own", "name", "family"} {
			if v[f] != "" {
				return f
			}
		}
		return "called"
	case base == "name":
		i := 0
		for _, r := range line {
			i = i*10 + int(r-'0')
		}
		if i < len(from) {
			return from[i]
		}
	case base == "variant":
		return "name"
	case base == "own":
		return "script"
	case base == "tongue":
		return "language"
	case strings.HasPrefix(base, "birth"):
		if v["birth"] == "" {
			return "birth_year"
		}
		return "birth"
	}
	return strings.TrimSuffix(base, "_source")
}

var municipalityCode = regexp.MustCompile(`^(?:GM)?([0-9]{1,4})$`)

// ReadLine turns the values of a row into a line of an official list.
func (m Match) ReadLine(v map[string]string) (organisation.Reference, fault.Fields) {
	var fs fault.Fields
	r := organisation.Reference{Name: v["title"]}
	c := municipalityCode.FindStringSubmatch(strings.ToUpper(western(v["code"])))
	switch {
	case v["code"] == "":
		fs.Add("code", "ingest.error.code.none")
	case c == nil:
		fs.Add("code", "ingest.error.code", "word", v["code"])
	default:
		r.Code = padded(c[1])
	}
	switch {
	case r.Name == "":
		fs.Add("title", "ingest.error.title")
	case utf8.RuneCountInString(r.Name) > 120:
		fs.Add("title", "ingest.error.title.long")
	case strings.ContainsRune(r.Name, utf8.RuneError):
		fs.Add("title", "ingest.error.letters")
	}
	var bad string
	for _, d := range []struct {
		field string
		to    *clock.Date
	}{{"since", &r.Since}, {"until", &r.Until}} {
		if s := v[d.field]; s != "" {
			if *d.to, bad = ReadDay(s); bad != "" {
				fs.Add(d.field, bad, "word", s)
			}
		}
	}
	if len(fs) == 0 && !r.Until.IsZero() && r.Until.Before(r.Since) {
		fs.Add("until", "ingest.error.until")
	}
	return r, fs
}

// Same is the text by which a row is known again: what it says, whatever the order of its columns.
func Same(k Kind, v map[string]string) string {
	kept := map[string]string{}
	for f, s := range v {
		if s != "" && f != "helper" { // whose work it is does not make it another person
			kept[f] = s
		}
	}
	b, err := json.Marshal(kept) // sorts by key
	if err != nil {
		return ""
	}
	return string(k) + "\n" + string(b)
}

// Shown is what a row is called in a list of rows.
func Shown(k Kind, v map[string]string) string {
	if k != People {
		return strings.TrimSpace(v["code"] + " " + v["title"])
	}
	var parts []string
	for _, f := range []string{"own", "father", "grandfather", "family"} {
		if v[f] != "" {
			parts = append(parts, v[f])
		}
	}
	if len(parts) == 0 {
		for _, f := range []string{"name", "called"} {
			if v[f] != "" {
				return v[f]
			}
		}
	}
	return strings.Join(parts, " ")
}
