package dossier

// This file turns the form of a person into what is known of them, with all faults at once, and back again.

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// Input is what a form says about a person; every value as it was typed. Boxes that belong to a line of a list, such as
// BirthAbout, hold the numbers of the lines where they are ticked.
type Input struct {
	Called, Pronoun, Own                string
	NameText, NameRole                  []string
	VariantText, VariantSource          []string
	BirthYear, BirthMonth, BirthDay     []string
	BirthWords, BirthSource             []string
	BirthCalendar                       []string
	BirthAbout, BirthDisputed, BirthAsk []string
	Nationality, Interpreter            string
	Tongue, Reads                       []string
	Phone, When, Say, Never             string
	MorePhone, MoreWhose, How           []string
	Shared                              bool
	WishLanguage, NotOwn                bool
	Gender, Digital                     string
	VNumber, ZNumber, Lives             string
	Source                              map[string]string    // of the facts in Traced
	Facts                               map[string]FactInput // of the facts in Sourced
	VariantDisputed                     []string
	BirthHolds                          string // the line of the date that holds
}

// ReadInput takes the fields of a form.
func ReadInput(f url.Values) Input {
	one := func(k string) string { return strings.TrimSpace(f.Get(k)) }
	in := Input{Called: one("called"), Pronoun: one("pronoun"), Own: one("own"), NameText: f["name"], NameRole: f["role"],
		VariantText: f["variant"], VariantSource: f["variant_source"],
		BirthYear: f["birth_year"], BirthMonth: f["birth_month"], BirthDay: f["birth_day"], BirthWords: f["birth_words"], BirthSource: f["birth_source"], BirthCalendar: f["birth_calendar"],
		BirthAbout: f["birth_about"], BirthDisputed: f["birth_disputed"], BirthAsk: f["birth_known"],
		Nationality: one("nationality"), Interpreter: one("interpreter"), Tongue: f["tongue"], Reads: f["reads"],
		Phone: one("phone"), MorePhone: f["more_phone"], MoreWhose: f["more_whose"], How: f["how"], When: one("when"), Say: one("say"), Never: one("never"), Shared: one("shared") != "",
		WishLanguage: one("wish_language") != "", NotOwn: one("not_own") != "", Gender: one("gender"), Digital: one("digital"),
		VNumber: one("vnumber"), ZNumber: one("znumber"), Lives: one("lives"), Source: map[string]string{},
		Facts: readFacts(f), VariantDisputed: f["variant_disputed"], BirthHolds: one("birth_holds")}
	for _, name := range Traced {
		if s := one(name + "_source"); s != "" {
			in.Source[name] = s
		}
	}
	return in
}

// InputOf fills a form with what is known. Reading it again without a change gives the same profile.
func InputOf(p Profile) Input {
	in := Input{Called: p.Called, Pronoun: p.Pronoun, Own: p.Own, Nationality: p.Nationality, Interpreter: p.Interpreter,
		Phone: p.Reach.Phone, When: p.Reach.When, Say: p.Reach.Say, Never: p.Reach.Never, Shared: p.Reach.Shared, How: p.Reach.How,
		WishLanguage: p.Wish.Language, NotOwn: p.Wish.NotOwn, Gender: p.Wish.Gender, Digital: p.Wish.Digital,
		VNumber: VNumberText(p.VNumber), ZNumber: p.ZNumber, Lives: Place(p.Lives), Source: map[string]string{}, Facts: factsOf(p), BirthHolds: "0"}
	for name, o := range p.Origins {
		in.Source[name] = o.Source
	}
	for _, n := range p.Names {
		in.NameText, in.NameRole = append(in.NameText, n.Text), append(in.NameRole, n.Role)
	}
	for i, v := range p.Variants {
		in.VariantText, in.VariantSource = append(in.VariantText, v.Text), append(in.VariantSource, v.Source)
		if v.Disputed {
			in.VariantDisputed = append(in.VariantDisputed, strconv.Itoa(i))
		}
	}
	for _, m := range p.Reach.More {
		in.MorePhone, in.MoreWhose = append(in.MorePhone, m.Number), append(in.MoreWhose, m.Whose)
	}
	num := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for i, b := range p.Births {
		in.BirthCalendar = append(in.BirthCalendar, b.Told.Calendar)
		if b.Told.Calendar != "" {
			b.Year, b.Month, b.Day = b.Told.Year, b.Told.Month, b.Told.Day
		}
		in.BirthYear, in.BirthMonth, in.BirthDay = append(in.BirthYear, num(b.Year)), append(in.BirthMonth, num(b.Month)), append(in.BirthDay, num(b.Day))
		in.BirthWords, in.BirthSource = append(in.BirthWords, b.Words), append(in.BirthSource, b.Source)
		if b.About {
			in.BirthAbout = append(in.BirthAbout, strconv.Itoa(i))
		}
		if b.Disputed {
			in.BirthDisputed = append(in.BirthDisputed, strconv.Itoa(i))
		}
		in.BirthAsk = append(in.BirthAsk, strconv.Itoa(i)) // it was answered before
	}
	for i, s := range p.Languages {
		in.Tongue = append(in.Tongue, s.Tag)
		if s.Reads {
			in.Reads = append(in.Reads, strconv.Itoa(i))
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

const (
	most      = 120 // characters of a short text
	NameMost  = 300 // characters of a name: some carry those of their forefathers
	mostLines = 12  // lines of a list: more is no person but an attempt
)

// line is the name of the i-th line of a list, as the form and its faults call it.
func line(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + "-" + strconv.Itoa(i)
}

// text tidies one text and notes what is wrong with it.
func text(fs *fault.Fields, field, s string) string { return upTo(fs, field, s, most) }

func upTo(fs *fault.Fields, field, s string, n int) string {
	s = tidy(s)
	if utf8.RuneCountInString(s) > n {
		fs.Add(field, "dossier.error.long", "n", n)
	}
	if privacy.HasBSN(s) {
		fs.Add(field, "dossier.error.bsn")
	}
	return s
}

// named is a text that must be a name: it has a letter or a digit, so that nobody is ever called "." or "-", and whoever has
// one is found by it. One letter is a name, and so is what an office wrote in digits.
func named(fs *fault.Fields, field, s string) string {
	s = upTo(fs, field, s, NameMost)
	if s != "" && Fold(s) == "" {
		fs.Add(field, "dossier.error.letters")
	}
	return s
}

// few takes a list that is not too long, and notes the one that is.
func few(fs *fault.Fields, field string, list []string) []string {
	if len(list) > mostLines {
		fs.Add(field, "dossier.error.many", "n", mostLines)
		return list[:mostLines]
	}
	return list
}

// Check names all faults at once and gives the profile. Every fact is dated today; Profile.KeepDates gives those that
// were there before their own day back.
func (in Input) Check(today clock.Date) (Profile, fault.Fields) {
	var fs fault.Fields
	p := Profile{Called: named(&fs, "called", in.Called), Wish: Wish{Language: in.WishLanguage, NotOwn: in.NotOwn, Gender: in.Gender, Digital: in.Digital}}
	if p.Called == "" {
		fs.Add("called", "dossier.error.called")
	}
	p.Births = in.births(&fs, today)
	in.speech(&fs, &p)
	for i, s := range few(&fs, "name", in.NameText) {
		role := At(in.NameRole, i)
		if !slices.Contains(NameRoles, role) {
			role = "other"
		}
		if s = named(&fs, line("name", i), s); s != "" { // an empty line is no name
			p.Names = append(p.Names, NamePart{Text: s, Role: role})
		}
	}
	p.Own = named(&fs, "own", in.Own)
	for i, s := range few(&fs, "variant", in.VariantText) {
		if s = named(&fs, line("variant", i), s); s == "" {
			continue
		}
		source := At(in.VariantSource, i)
		if !slices.Contains(Sources, source) {
			fs.Add(line("variant", i), "dossier.error.source")
		}
		p.Variants = append(p.Variants, Variant{Source: source, Text: s, On: today, Disputed: holds(in.VariantDisputed, i)})
	}
	p.Pronoun = text(&fs, "pronoun", in.Pronoun)
	in.sourced(&fs, &p, today)
	p.Lives = text(&fs, "lives", in.Lives)
	in.reach(&fs, &p)
	if in.Gender != "" && !slices.Contains(Genders, in.Gender) {
		fs.Add("gender", "dossier.error.choose")
	}
	if in.Digital != "" && !slices.Contains(Meetings, in.Digital) {
		fs.Add("digital", "dossier.error.choose")
	}
	for _, name := range Traced {
		if !p.known(name) || slices.Contains(Sourced, name) {
			continue
		}
		source := in.Source[name]
		if source == "" {
			source = Sources[0]
		}
		if !slices.Contains(Sources, source) {
			fs.Add(name+"_source", "dossier.error.source")
		}
		if p.Origins == nil {
			p.Origins = map[string]Origin{}
		}
		p.Origins[name] = Origin{Source: source, On: today}
	}
	return p, fs
}

func (in Input) speech(fs *fault.Fields, p *Profile) {
	for i, t := range few(fs, "tongue", in.Tongue) {
		if t = strings.TrimSpace(t); t == "" {
			continue
		}
		if !slices.Contains(Tongues, t) {
			fs.Add(line("tongue", i), "dossier.error.tongue")
			continue
		}
		if !slices.ContainsFunc(p.Languages, func(s Speech) bool { return s.Tag == t }) {
			p.Languages = append(p.Languages, Speech{Tag: t, Reads: slices.Contains(in.Reads, strconv.Itoa(i))})
		}
	}
	if in.Interpreter != "" && !slices.Contains(Interpreters, in.Interpreter) {
		fs.Add("interpreter", "dossier.error.choose")
	}
	p.Interpreter = in.Interpreter
}

func (in Input) reach(fs *fault.Fields, p *Profile) {
	number := func(field, s string) string {
		n, ok := Phone(s)
		if !ok {
			fs.Add(field, "dossier.error.phone")
		}
		return n
	}
	if s := text(fs, "phone", in.Phone); s != "" {
		p.Reach.Phone = number("phone", s)
	}
	for i, s := range few(fs, "more_phone", in.MorePhone) {
		whose := text(fs, line("more_whose", i), At(in.MoreWhose, i))
		switch s = text(fs, line("more_phone", i), s); {
		case s != "":
			p.Reach.More = append(p.Reach.More, Phoned{Number: number(line("more_phone", i), s), Whose: whose})
		case whose != "":
			fs.Add(line("more_phone", i), "dossier.error.phone")
		}
	}
	for _, w := range Ways {
		if slices.Contains(in.How, w) {
			p.Reach.How = append(p.Reach.How, w)
		}
	}
	if slices.ContainsFunc(in.How, func(w string) bool { return !slices.Contains(Ways, w) }) {
		fs.Add("how", "dossier.error.choose")
	}
	if in.Say != "" && !slices.Contains(Says, in.Say) {
		fs.Add("say", "dossier.error.choose")
	}
	p.Reach.Say = in.Say
	p.Reach.When, p.Reach.Never, p.Reach.Shared = text(fs, "when", in.When), text(fs, "never", in.Never), in.Shared
}

// ReadReach reads only the part of a form that says how somebody is reached; its fields are named as in the whole form.
func ReadReach(f url.Values) (Reach, fault.Fields) {
	var fs fault.Fields
	var p Profile
	ReadInput(f).reach(&fs, &p)
	return p.Reach, fs
}

// Own is what only the person decides: how they are called, and their wishes about who helps them.
type Own struct {
	Called string
	Wish   Wish
}

// Check names all faults at once, and tidies the name.
func (o Own) Check() (Own, fault.Fields) {
	var fs fault.Fields
	if o.Called = named(&fs, "called", o.Called); o.Called == "" {
		fs.Add("called", "dossier.error.called")
	}
	if o.Wish.Gender != "" && !slices.Contains(Genders, o.Wish.Gender) {
		fs.Add("gender", "dossier.error.choose")
	}
	if o.Wish.Digital != "" && !slices.Contains(Meetings, o.Wish.Digital) {
		fs.Add("digital", "dossier.error.choose")
	}
	return o, fs
}

// tidy trims a text, makes one space of several, and writes letters in their composed form.
func tidy(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }
