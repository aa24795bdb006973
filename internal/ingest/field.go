package ingest

// This file says what a table may hold, and which column is probably what.

import (
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/organisation"
)

// Kind is what the rows of a file are.
type Kind string

// The kinds. The official lists bear the names that organisation gives them.
const (
	People       Kind = "people"
	Municipality Kind = Kind(organisation.Municipality)
	Nationality  Kind = Kind(organisation.Nationality)
	Country      Kind = Kind(organisation.Country)
)

// Kinds are all kinds, in the order in which the page offers them.
var Kinds = []Kind{People, Municipality, Nationality, Country}

// Field is something that a column can be.
type Field struct {
	Name  string
	Heads []string // how its column is called elsewhere, folded
}

// fields of a person. The order is that of the form on which a row is repaired.
var peopleFields = []Field{
	{"called", []string{"roepnaam", "noemt zich", "called", "preferred name", "aanspreeknaam"}},
	{"name", []string{"naam", "volledige naam", "name", "full name", "fullname", "client", "clientnaam", "naam client"}},
	{"own", []string{"voornaam", "voornamen", "eigen naam", "first name", "firstname", "given name", "given names", "forename"}},
	{"father", []string{"vadersnaam", "naam vader", "father", "fathers name", "father name", "tweede naam"}},
	{"grandfather", []string{"grootvadersnaam", "naam grootvader", "grandfather", "grandfathers name"}},
	{"family", []string{"achternaam", "familienaam", "geslachtsnaam", "last name", "lastname", "surname", "family name"}},
	{"script", []string{"naam eigen schrift", "eigen schrift", "native name", "own script", "name in own script"}},
	{"pronoun", []string{"voornaamwoord", "voornaamwoorden", "pronoun", "pronouns"}},
	{"birth", []string{"geboortedatum", "geboren", "geb datum", "gebdatum", "geboortedag", "date of birth", "birth date", "birthdate", "birthday", "dob", "born"}},
	{"birth_year", []string{"geboortejaar", "birth year", "year of birth", "yob"}},
	{"nationality", []string{"nationaliteit", "nationality", "land van herkomst", "herkomst", "country of origin", "origin", "citizenship"}},
	{"language", []string{"taal", "talen", "spreektaal", "moedertaal", "language", "languages", "mother tongue"}},
	{"interpreter", []string{"tolk", "interpreter"}},
	{"phone", []string{"telefoon", "telefoonnummer", "tel", "mobiel", "mobiele telefoon", "phone", "phone number", "telephone", "mobile", "gsm"}},
	{"vnumber", []string{"vnummer", "v nummer", "vreemdelingennummer", "v nr", "vnr", "v number", "vnumber"}},
	{"znumber", []string{"znummer", "z nummer", "zaaknummer", "z nr", "z number", "case number"}},
	{"lives", []string{"woont", "verblijfplaats", "woonplaats", "plaats", "locatie", "azc", "lives", "residence", "town", "city"}},
	{"address", []string{"adres", "woonadres", "straat", "straat en huisnummer", "adresregel", "address", "street", "street address"}},
	{"helper", []string{"begeleider", "e mail begeleider", "email begeleider", "contactpersoon", "caseworker", "caseworker email"}},
	{"ref", []string{"id", "nummer", "clientnummer", "client id", "person id", "dossiernummer", "record id", "personid", "kenmerk"}},
}

var listFields = []Field{
	{"code", []string{"code", "nationaliteitscode", "gemeentecode", "landcode", "05 11 nationaliteitscode", "92 10 gemeentecode", "94 10 landcode"}},
	{"title", []string{"naam", "omschrijving", "gemeentenaam", "landnaam", "name", "05 12 omschrijving", "92 11 omschrijving", "94 11 omschrijving"}},
	{"since", []string{"datum ingang", "ingang", "begindatum", "99 98 datum ingang", "start date", "since"}},
	{"until", []string{"datum einde", "einde", "einddatum", "99 99 datum einde", "end date", "until"}},
}

// Fields are what a column of this kind can be.
func (k Kind) Fields() []Field {
	if k == People {
		return peopleFields
	}
	return listFields
}

// Known says whether there is such a kind.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

func (k Kind) has(field string) bool {
	return slices.ContainsFunc(k.Fields(), func(f Field) bool { return f.Name == field })
}

// headOf folds a heading for comparing.
func headOf(s string) string { return dossier.Fold(strings.NewReplacer("_", " ", "-", " ").Replace(s)) }

// Guess proposes a field for every column of a heading. A field is proposed once.
func (k Kind) Guess(heads []string) []string {
	out := make([]string, len(heads))
	used := map[string]bool{}
	for i, h := range heads {
		h = headOf(h)
		for _, f := range k.Fields() {
			if !used[f.Name] && slices.Contains(f.Heads, h) {
				out[i] = f.Name
				used[f.Name] = true
				break
			}
		}
	}
	return out
}

// HasHead guesses whether the first row is a heading: it names a field, or it holds no digit where the second row does.
func (k Kind) HasHead(rows []Row) bool {
	if len(rows) == 0 {
		return false
	}
	if slices.ContainsFunc(k.Guess(rows[0].Cells), func(f string) bool { return f != "" }) {
		return true
	}
	digits := func(cells []string) bool {
		return slices.ContainsFunc(cells, func(c string) bool { return strings.ContainsAny(western(c), "0123456789") })
	}
	return len(rows) > 1 && !digits(rows[0].Cells) && digits(rows[1].Cells)
}

// forbidden are headings of citizen service numbers.
var forbidden = []string{"bsn", "burgerservicenummer", "burger service nummer", "sofinummer", "sofi nummer", "bsn nummer", "citizen service number"}

// Forbidden is the first column that holds citizen service numbers: its heading says so, or most of what stands in it are
// such numbers. One number in eleven passes the test by chance, so a few do not make a column of them.
func Forbidden(rows []Row) (column int, found bool) {
	if len(rows) == 0 {
		return 0, false
	}
	for i, c := range rows[0].Cells {
		if slices.Contains(forbidden, headOf(c)) {
			return i, true
		}
	}
	filled, bsn := map[int]int{}, map[int]int{}
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
		for i, c := range r.Cells {
			if c != "" {
				filled[i]++
			}
			if privacy.HasBSN(c) {
				bsn[i]++
			}
		}
	}
	for i := range width {
		if bsn[i] > 1 && bsn[i]*2 > filled[i] {
			return i, true
		}
	}
	return 0, false
}

// tongues are the words for languages, folded, in Dutch, English and their own.
var tongues = words(map[string]string{
	"ar":  "arabisch,arabic,العربية,عربي",
	"ti":  "tigrinya,tigrinia,tigrigna,tigrijnaans,ትግርኛ",
	"fa":  "farsi,perzisch,persian,فارسی",
	"prs": "dari,afghaans perzisch,دری",
	"ps":  "pashto,pasjtoe,pasjtoen,pushto,پښتو",
	"ku":  "koerdisch,kurdish,kurmanji,koermandji,kurmandji,kurdi",
	"ckb": "sorani,soerani,centraal koerdisch,کوردی",
	"tr":  "turks,turkish,turkce",
	"so":  "somalisch,somali,soomaali,somalian",
	"uk":  "oekraiens,ukrainian,українська",
	"ru":  "russisch,russian,русский",
	"am":  "amhaars,amharisch,amharic,አማርኛ",
	"om":  "oromo,afaan oromo,oromiffa",
	"fr":  "frans,french,francais",
	"en":  "engels,english",
	"nl":  "nederlands,dutch,hollands",
	"es":  "spaans,spanish,espanol",
	"pt":  "portugees,portuguese,portugues",
	"ur":  "urdu,oerdoe,اردو",
	"zh":  "chinees,chinese,mandarijn,mandarin,中文",
})

// interpreters are the words for the wish about an interpreter.
var interpreters = words(map[string]string{
	"none":    "nee,no,geen,niet nodig,none,not needed,0,false",
	"phone":   "telefoon,telefonisch,telefoontolk,tolkentelefoon,phone,by phone",
	"present": "aanwezig,ter plaatse,live,present,in person,fysiek",
})

func words(m map[string]string) map[string]string {
	out := map[string]string{}
	for value, list := range m {
		out[value] = value
		for w := range strings.SplitSeq(list, ",") {
			out[dossier.Fold(w)] = value
		}
	}
	return out
}
