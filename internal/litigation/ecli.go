package litigation

// This file reads the number of a judgment (European Case Law Identifier) by its form, and the codes of the courts that it knows. It
// asks nobody: whether a judgment exists, it does not say. bron: ECLI-2011

import (
	"regexp"
	"strconv"
	"strings"
)

// vNumber is a number of a foreigner: ten digits, in one or as three, three and four.
var vNumber = regexp.MustCompile(`(?:^|[^0-9])(?:[0-9]{10}|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4})(?:$|[^0-9])`)

// ECLI is such a number in its parts.
type ECLI struct {
	Country, Court, Ordinal string
	Year                    int
}

func (e ECLI) String() string {
	return "ECLI:" + e.Country + ":" + e.Court + ":" + strconv.Itoa(e.Year) + ":" + e.Ordinal
}

// courts are the codes of courts by country: of the Netherlands all that judge, of Europe its two courts. Of another country every code
// of the right form is taken.
var courts = map[string]map[string]bool{
	"NL": set("HR PHR RVS CRVB CBB XX TADRS TAHVD GHAMS GHARL GHDHA GHSHE GHARN GHLEE GHSGR RBAMS RBDHA RBGEL RBLIM RBMNE RBNHO RBNNE RBOBR RBOVE RBROT RBZWB " +
		"RBALK RBALM RBARN RBASS RBBRE RBDOR RBGRO RBHAA RBLEE RBMAA RBMID RBROE RBSGR RBSHE RBUTR RBZLY RBZUT RBONE " +
		"OGHACMB OGEAA OGEAC OGEAM OGEABES OGANA GHNAA"),
	"EU": set("C T F"),
	"CE": set("ECHR"),
}

func set(s string) map[string]bool {
	out := map[string]bool{}
	for _, x := range strings.Fields(s) {
		out[x] = true
	}
	return out
}

// countries are the members of the Union, and those of the codes that stand for no country.
var countries = set("EU CE AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")

var (
	courtForm   = regexp.MustCompile(`^[A-Z][A-Z0-9]{0,6}$`)
	ordinalForm = regexp.MustCompile(`^[A-Z0-9](?:[A-Z0-9.]{0,23}[A-Z0-9])?$`)
)

// What can be wrong with a number: the rest of the text key litigation.error.ecli.…
const (
	BadForm    = "form"
	BadCountry = "country"
	BadCourt   = "court"
	BadYear    = "year"
	BadOrdinal = "ordinal"
)

// ReadECLI reads a number as people write it, with small letters or spaces, and tells what is wrong with it; empty when nothing is.
// Now is this year: no judgment is of a later one.
func ReadECLI(s string, now int) (e ECLI, wrong string) {
	s = strings.ToUpper(strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), ""))
	parts := strings.Split(s, ":")
	if len(parts) != 5 || parts[0] != "ECLI" {
		return e, BadForm
	}
	e = ECLI{Country: parts[1], Court: parts[2], Ordinal: parts[4]}
	if !countries[e.Country] {
		return e, BadCountry
	}
	if known := courts[e.Country]; !courtForm.MatchString(e.Court) || known != nil && !known[e.Court] {
		return e, BadCourt
	}
	y, err := strconv.Atoi(parts[3])
	if err != nil || len(parts[3]) != 4 || y < 1900 || y > now {
		return e, BadYear
	}
	e.Year = y
	if !ordinalForm.MatchString(e.Ordinal) || strings.Contains(e.Ordinal, "..") {
		return e, BadOrdinal
	}
	return e, ""
}

// Link is where the judgment can be read; empty when no such place is known.
func (e ECLI) Link() string {
	switch e.Country {
	case "NL":
		return "https://deeplink.rechtspraak.nl/uitspraak?id=" + e.String()
	case "EU", "CE":
		return "https://e-justice.europa.eu/ecli/" + e.String()
	}
	return ""
}
