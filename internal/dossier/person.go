package dossier

// This file holds what is known of a person. Only what they want to be called is required; everything else may be
// unknown, and then it is absent, never a dash.

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Profile is what is known of a person. It is stored as one sealed value.
type Profile struct {
	Called      string     `json:"called"`
	Pronoun     string     `json:"pronoun,omitempty"`
	Names       []NamePart `json:"names,omitempty"`
	Own         string     `json:"own,omitempty"` // the whole name in the person's own script
	Variants    []Variant  `json:"variants,omitempty"`
	Births      []Birth    `json:"births,omitempty"`
	Nationality string     `json:"nationality,omitempty"`
	Languages   []Speech   `json:"languages,omitempty"` // the first is the one to speak in
	Interpreter string     `json:"interpreter,omitempty"`
	Reach       Reach      `json:"reach,omitzero"`
	Wish        Wish       `json:"wish,omitzero"`
	VNumber     string     `json:"vnumber,omitempty"` // ten digits
	ZNumber     string     `json:"znumber,omitempty"`
	Lives       string     `json:"lives,omitempty"`
}

// NamePart is one part of a name, in the order in which it is said.
type NamePart struct {
	Text string `json:"text"`
	Role string `json:"role"` // own, father, grandfather, family, husband, other
}

// NameRoles are the roles of name parts. There is no required surname.
var NameRoles = []string{"own", "father", "grandfather", "family", "husband", "other"}

// Variant is how a source writes the whole name.
type Variant struct {
	Source string `json:"source"` // one of Sources
	Text   string `json:"text"`
}

// Sources are where a fact may come from.
var Sources = []string{"person", "ind", "brp", "passport", "unhcr", "other"}

// Speech is a language and what the person does in it.
type Speech struct {
	Tag   string `json:"tag"`
	Reads bool   `json:"reads,omitempty"`
}

// Tongues are the languages people speak here; more than the pages are in. "other" is a language that has no line yet.
var Tongues = []string{"ar", "ti", "fa", "prs", "ps", "ku", "ckb", "tr", "so", "uk", "ru", "am", "om", "fr", "en", "nl", "es", "pt", "ur", "zh", "other"}

// Interpreters are the wishes about an interpreter.
var Interpreters = []string{"none", "phone", "present"}

// Reach says how somebody can be reached without harm.
type Reach struct {
	Phone  string `json:"phone,omitempty"`
	When   string `json:"when,omitempty"`
	Shared bool   `json:"shared,omitempty"` // others look at this telephone
	Never  string `json:"never,omitempty"`  // what must never be done
}

// Wish is what somebody wants of the one who helps.
type Wish struct {
	Language bool   `json:"language,omitempty"` // somebody who speaks the language
	Gender   string `json:"gender,omitempty"`   // "woman", "man" or nothing
	NotOwn   bool   `json:"notOwn,omitempty"`   // nobody from the own country or community
	Digital  string `json:"digital,omitempty"`  // "person" when meeting is preferred
}

// Name is the whole name in its order, or what they want to be called when no part is known.
func (p Profile) Name() string {
	if len(p.Names) == 0 {
		return p.Called
	}
	parts := make([]string, len(p.Names))
	for i, n := range p.Names {
		parts[i] = n.Text
	}
	return strings.Join(parts, " ")
}

// Language is the tag of the language to speak in; empty when unknown.
func (p Profile) Language() string {
	if len(p.Languages) == 0 {
		return ""
	}
	return p.Languages[0].Tag
}

// VNumberText groups a V-number as it is written on letters.
func VNumberText(v string) string {
	if len(v) != 10 {
		return v
	}
	return v[:3] + " " + v[3:6] + " " + v[6:]
}

// Input is what a form says about a person; every value as it was typed.
type Input struct {
	Called, Pronoun, Own                string
	NameText, NameRole                  []string
	VariantText, VariantSource          []string
	BirthYear, BirthMonth, BirthDay     []string
	BirthSource                         []string
	BirthAbout, BirthDisputed, BirthAsk []string // "1" per line
	Nationality, Interpreter            string
	Tongue                              []string
	Reads                               []string // tags
	Phone, When, Never                  string
	Shared                              bool
	WishLanguage, NotOwn                bool
	Gender, Digital                     string
	VNumber, ZNumber, Lives             string
}

// ReadInput takes the fields of a form.
func ReadInput(f url.Values) Input {
	one := func(k string) string { return strings.TrimSpace(f.Get(k)) }
	return Input{Called: one("called"), Pronoun: one("pronoun"), Own: one("own"), NameText: f["name"], NameRole: f["role"],
		VariantText: f["variant"], VariantSource: f["variant_source"],
		BirthYear: f["birth_year"], BirthMonth: f["birth_month"], BirthDay: f["birth_day"], BirthSource: f["birth_source"],
		BirthAbout: f["birth_about"], BirthDisputed: f["birth_disputed"], BirthAsk: f["birth_known"],
		Nationality: one("nationality"), Interpreter: one("interpreter"), Tongue: f["tongue"], Reads: f["reads"],
		Phone: one("phone"), When: one("when"), Never: one("never"), Shared: one("shared") != "",
		WishLanguage: one("wish_language") != "", NotOwn: one("not_own") != "", Gender: one("gender"), Digital: one("digital"),
		VNumber: one("vnumber"), ZNumber: one("znumber"), Lives: one("lives")}
}

// InputOf fills a form with what is known.
func InputOf(p Profile) Input {
	in := Input{Called: p.Called, Pronoun: p.Pronoun, Own: p.Own, Nationality: p.Nationality, Interpreter: p.Interpreter,
		Phone: p.Reach.Phone, When: p.Reach.When, Never: p.Reach.Never, Shared: p.Reach.Shared,
		WishLanguage: p.Wish.Language, NotOwn: p.Wish.NotOwn, Gender: p.Wish.Gender, Digital: p.Wish.Digital,
		VNumber: VNumberText(p.VNumber), ZNumber: p.ZNumber, Lives: p.Lives}
	for _, n := range p.Names {
		in.NameText, in.NameRole = append(in.NameText, n.Text), append(in.NameRole, n.Role)
	}
	for _, v := range p.Variants {
		in.VariantText, in.VariantSource = append(in.VariantText, v.Text), append(in.VariantSource, v.Source)
	}
	num := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for i, b := range p.Births {
		in.BirthYear, in.BirthMonth, in.BirthDay = append(in.BirthYear, num(b.Year)), append(in.BirthMonth, num(b.Month)), append(in.BirthDay, num(b.Day))
		in.BirthSource = append(in.BirthSource, b.Source)
		if b.About {
			in.BirthAbout = append(in.BirthAbout, strconv.Itoa(i))
		}
		if b.Disputed {
			in.BirthDisputed = append(in.BirthDisputed, strconv.Itoa(i))
		}
		in.BirthAsk = append(in.BirthAsk, strconv.Itoa(i)) // it was answered before
	}
	for _, s := range p.Languages {
		in.Tongue = append(in.Tongue, s.Tag)
		if s.Reads {
			in.Reads = append(in.Reads, s.Tag)
		}
	}
	return in
}

// At is the i-th value of a repeated field, or nothing.
func At(list []string, i int) string {
	if i < len(list) {
		return strings.TrimSpace(list[i])
	}
	return ""
}

// most is how long a short text may be, in characters.
const most = 120

// Check names all faults at once and gives the profile.
func (in Input) Check(today clock.Date) (Profile, fault.Fields) {
	var fs fault.Fields
	p := Profile{Called: tidy(in.Called), Pronoun: tidy(in.Pronoun), Own: tidy(in.Own), Nationality: tidy(in.Nationality), Lives: tidy(in.Lives),
		Reach: Reach{When: tidy(in.When), Shared: in.Shared, Never: tidy(in.Never)},
		Wish:  Wish{Language: in.WishLanguage, NotOwn: in.NotOwn, Gender: in.Gender, Digital: in.Digital}}
	switch {
	case p.Called == "":
		fs.Add("called", "dossier.error.called")
	case !hasLetter(p.Called):
		fs.Add("called", "dossier.error.letters")
	}
	for _, x := range []struct{ field, text string }{{"called", p.Called}, {"pronoun", p.Pronoun}, {"own", p.Own}, {"nationality", p.Nationality},
		{"lives", p.Lives}, {"when", p.Reach.When}, {"never", p.Reach.Never}, {"phone", in.Phone}, {"vnumber", in.VNumber}, {"znumber", in.ZNumber}} {
		if utf8.RuneCountInString(x.text) > most {
			fs.Add(x.field, "dossier.error.long", "n", most)
		}
		if privacy.HasBSN(x.text) {
			fs.Add(x.field, "dossier.error.bsn")
		}
	}
	for i := range in.NameText {
		text, role := tidy(At(in.NameText, i)), At(in.NameRole, i)
		switch {
		case text == "":
			continue // an empty line is no name
		case !hasLetter(text):
			fs.Add("name", "dossier.error.letters")
		case utf8.RuneCountInString(text) > most || privacy.HasBSN(text):
			fs.Add("name", "dossier.error.long", "n", most)
		}
		if !slices.Contains(NameRoles, role) {
			role = "other"
		}
		p.Names = append(p.Names, NamePart{Text: text, Role: role})
	}
	for i := range in.VariantText {
		if text := tidy(At(in.VariantText, i)); text != "" {
			src := At(in.VariantSource, i)
			if !slices.Contains(Sources, src) {
				fs.Add("variant", "dossier.error.source")
			}
			p.Variants = append(p.Variants, Variant{Source: src, Text: text})
		}
	}
	for i := range in.BirthYear {
		b, given, key := in.birth(i, today)
		if key != "" {
			fs.Add("birth_year", key)
		} else if given {
			p.Births = append(p.Births, b)
		}
	}
	for _, t := range in.Tongue {
		if t == "" {
			continue
		}
		if !slices.Contains(Tongues, t) {
			fs.Add("tongue", "dossier.error.tongue")
			continue
		}
		if !slices.ContainsFunc(p.Languages, func(s Speech) bool { return s.Tag == t }) {
			p.Languages = append(p.Languages, Speech{Tag: t, Reads: slices.Contains(in.Reads, t)})
		}
	}
	if in.Interpreter != "" && !slices.Contains(Interpreters, in.Interpreter) {
		fs.Add("interpreter", "dossier.error.choose")
	}
	p.Interpreter = in.Interpreter
	if in.Gender != "" && in.Gender != "woman" && in.Gender != "man" {
		fs.Add("gender", "dossier.error.choose")
	}
	if in.VNumber != "" {
		v, ok := VNumber(in.VNumber)
		if !ok {
			fs.Add("vnumber", "dossier.error.vnumber")
		}
		p.VNumber = v
	}
	if in.ZNumber != "" {
		p.ZNumber = strings.ToUpper(strings.Join(strings.FieldsFunc(in.ZNumber, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), ""))
		if len(p.ZNumber) < 5 {
			fs.Add("znumber", "dossier.error.znumber")
		}
	}
	if in.Phone != "" {
		v, ok := Phone(in.Phone)
		if !ok {
			fs.Add("phone", "dossier.error.phone")
		}
		p.Reach.Phone = v
	}
	return p, fs
}

// tidy trims a text, makes one space of several, and writes letters in their composed form.
func tidy(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// VNumber reads the number of the immigration service in any notation ("V 281.994.0173", "2819940173", Arabic digits): ten digits.
func VNumber(s string) (string, bool) {
	s = strings.TrimLeft(strings.TrimSpace(s), "Vv-: .")
	var b strings.Builder
	for _, r := range s {
		switch d, ok := Digit(r); {
		case ok:
			b.WriteByte(byte('0' + d))
		case r == ' ' || r == '.' || r == '-' || r == '\u00a0':
		default:
			return "", false
		}
	}
	v := b.String()
	return v, len(v) == 10
}

// Digit reads a digit in Western, Arabic-Indic or Persian writing.
func Digit(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '٠' && r <= '٩':
		return int(r - '٠'), true
	case r >= '۰' && r <= '۹':
		return int(r - '۰'), true
	}
	return 0, false
}

// Phone reads a telephone number in any notation and writes it as +31612345678; Dutch numbers may begin with 0.
func Phone(s string) (string, bool) {
	var b strings.Builder
	plus := false
	for i, r := range strings.TrimSpace(s) {
		switch d, ok := Digit(r); {
		case ok:
			b.WriteByte(byte('0' + d))
		case r == '+' && i == 0:
			plus = true
		case strings.ContainsRune(" .-()/\u00a0", r):
		default:
			return "", false
		}
	}
	n := b.String()
	switch {
	case plus:
	case strings.HasPrefix(n, "00"):
		n = n[2:]
	case strings.HasPrefix(n, "0") && len(n) == 10:
		n = "31" + n[1:]
	default:
		return "", false
	}
	if strings.HasPrefix(n, "310") { // +31 (0)6 …
		n = "31" + n[3:]
	}
	return "+" + n, len(n) >= 8 && len(n) <= 15
}
