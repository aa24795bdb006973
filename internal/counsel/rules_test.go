package counsel

import (
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
)

func names(fs fault.Fields) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

func TestAnEntryTellsEveryFaultAtOnce(t *testing.T) {
	lawyer := PartyInput{Kind: Lawyer, Name: "mr. A. Voorbeeld", Office: "Kantoor", Phone: "030 123 45 67"}
	partner := PartyInput{Kind: Partner, Name: "Huis voor Terugkeerders", Country: "Georgië", Offers: "opvang"}
	with := func(in PartyInput, change func(*PartyInput)) PartyInput { change(&in); return in }
	for _, x := range []struct {
		what string
		in   PartyInput
		want string
	}{
		{"a lawyer", lawyer, ""},
		{"a lawyer with nothing", PartyInput{Kind: Lawyer}, "naam kantoor telefoon"},
		{"reached by mail only", with(lawyer, func(p *PartyInput) { p.Phone, p.Email = "", "a@kantoor.example" }), ""},
		{"mail that is none", with(lawyer, func(p *PartyInput) { p.Email = "a@" }), "email"},
		{"a name in the address", with(lawyer, func(p *PartyInput) { p.Email = "A <a@b.nl>" }), "email"},
		{"a telephone that is none", with(lawyer, func(p *PartyInput) { p.Phone = "morgen" }), "telefoon"},
		{"an embassy as a lawyer", with(lawyer, func(p *PartyInput) { p.Office = "Ambassade van Eritrea" }), "kantoor"},
		{"an office of the state at home", with(lawyer, func(p *PartyInput) { p.Office = "Ministerie van Justitie" }), ""},
		{"a partner", partner, ""},
		{"a partner with nothing", PartyInput{Kind: Partner}, "naam land biedt"},
		{"an embassy as a partner", with(partner, func(p *PartyInput) { p.Name = "Georgian Embassy" }), "naam"},
		{"a ministry as a partner", with(partner, func(p *PartyInput) { p.Name = "Ministry of Internal Affairs" }), "naam"},
		{"the police as a partner", with(partner, func(p *PartyInput) { p.Name = "Police de Conakry" }), "naam"},
		{"too long", with(partner, func(p *PartyInput) { p.Data = strings.Repeat("x", textMost+1) }), "gegevens"},
		{"a citizen service number", with(partner, func(p *PartyInput) { p.Offers = "vraag naar 111222333" }), "biedt"},
	} {
		if got := names(x.in.Check()); got != x.want {
			t.Errorf("%s: faults at %q, want %q", x.what, got, x.want)
		}
	}
}

func TestARepresentationRunsFromItsFirstToItsLastDay(t *testing.T) {
	on := func(d int) clock.Date { return clock.On(2026, 11, d) }
	r := Representation{Since: on(10), Until: on(20)}
	for d, want := range map[int]bool{9: false, 10: true, 15: true, 20: true, 21: false} {
		if r.Runs(on(d)) != want {
			t.Errorf("on the %dth: %v", d, !want)
		}
	}
	if !(Representation{Since: on(10)}).Runs(on(30)) {
		t.Error("without an end it stops")
	}
	r.Ended = on(12).In(clock.Netherlands)
	if r.Runs(on(15)) {
		t.Error("ended, and it runs")
	}
	if !(Representation{Since: on(10)}).Coming(on(9)) || (Representation{Since: on(10)}).Coming(on(10)) {
		t.Error("what is still to begin")
	}
}

func TestTheFormsTellEveryFaultAtOnce(t *testing.T) {
	today := clock.On(2026, 11, 24)
	good := RepInput{Party: "o-l", Role: "asylum", Source: "letter", Since: "2026-11-01"}
	for _, x := range []struct {
		what   string
		change func(*RepInput)
		want   string
	}{
		{"as it should be", func(*RepInput) {}, ""},
		{"nothing", func(in *RepInput) { *in = RepInput{} }, "advocaat rol bron vanaf"},
		{"a lawyer who is gone", func(in *RepInput) { in.Party = "o-x" }, "advocaat"},
		{"ends before it begins", func(in *RepInput) { in.Until = "2026-10-01" }, "tot"},
		{"far ahead", func(in *RepInput) { in.Since = "2028-01-01" }, "vanaf"},
		{"no day", func(in *RepInput) { in.Since = "gisteren" }, "vanaf"},
		{"a citizen service number", func(in *RepInput) { in.Reference = "111222333" }, "kenmerk"},
	} {
		in := good
		x.change(&in)
		if _, _, fs := in.Check([]string{"o-l"}, today); names(fs) != x.want {
			t.Errorf("%s: faults at %q, want %q", x.what, names(fs), x.want)
		}
	}
	for _, x := range []struct {
		in   WordInput
		want string
	}{
		{WordInput{Kind: Question, Text: "Hebt u de vertaling?"}, ""},
		{WordInput{Kind: Question}, "tekst"},
		{WordInput{}, "wat"},
		{WordInput{Kind: Hearing, Day: "2026-12-01", Time: "9:30"}, ""},
		{WordInput{Kind: Hearing}, "dag"},
		{WordInput{Kind: Hearing, Day: "2026-11-23"}, "dag"},
		{WordInput{Kind: Hearing, Day: "2026-12-01", Time: "25:00"}, "tijd"},
		{WordInput{Kind: Question, Text: "bsn 111222333"}, "tekst"},
	} {
		if _, fs := x.in.Check(today); names(fs) != x.want {
			t.Errorf("%+v: faults at %q, want %q", x.in, names(fs), x.want)
		}
	}
	for _, x := range []struct {
		in   ChoiceInput
		want string
	}{{ChoiceInput{Choice: "go_on", Words: "ik wil"}, ""}, {ChoiceInput{Choice: "go_on"}, "woorden"}, {ChoiceInput{Choice: Stop}, ""}, {ChoiceInput{}, "keuze woorden"}} {
		if fs := x.in.Check(); names(fs) != x.want {
			t.Errorf("%+v: faults at %q, want %q", x.in, names(fs), x.want)
		}
	}
	for _, x := range []struct {
		in   AnswerInput
		want string
	}{{AnswerInput{Answer: "accepted", Day: "2026-11-24"}, ""}, {AnswerInput{}, "antwoord dag"}, {AnswerInput{Answer: "none", Day: "2026-11-25"}, "dag"}} {
		if _, fs := x.in.Check(today); names(fs) != x.want {
			t.Errorf("%+v: faults at %q, want %q", x.in, names(fs), x.want)
		}
	}
}

func TestEveryWordIsThereInEveryLanguage(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "counsel", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	if f := c.Faults([]string{"nl", "en"}); len(f) > 0 {
		t.Error(strings.Join(f, "\n"))
	}
	hers := []string{"counsel.mine", "counsel.mine.", "counsel.role.", "counsel.office", "counsel.phone", "counsel.email", "counsel.reachable", "counsel.languages", "counsel.period", "counsel.since", "counsel.between"}
	n := 0
	for _, k := range c.Keys("nl") {
		if !slices.ContainsFunc(hers, func(p string) bool { return k == p || strings.HasSuffix(p, ".") && strings.HasPrefix(k, p) }) {
			continue
		}
		n++
		if f := c.Faults([]string{"ar", "fa", "ti", "tr", "so", "uk", "fr"}, k); len(f) > 0 {
			t.Error(strings.Join(f, "\n"))
		}
	}
	if n < 20 {
		t.Errorf("only %d of her texts were found: the search is broken", n)
	}
	said := func(prefix string, names ...string) {
		for _, x := range names {
			if !c.Has("nl", prefix+x) {
				t.Errorf("%s%s has no words", prefix, x)
			}
		}
	}
	said("counsel.role.", InWhat...)
	said("counsel.source.", Sources...)
	said("counsel.choice.", Choices...)
	said("counsel.answer.", Answers...)
	said("counsel.handover.", append([]string{"preparing", "handed", "ended"}, Answers...)...)
	said("counsel.outcome.", "question.taken", "hearing.taken", "hearing.declined")
}
