package identity

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/names"
	"reisgezel/internal/organisation"
)

// who makes an invented person: "own:Selam father:Tesfay", a date as "14-05-1988", "05-1988" or "1988", and a source.
func who(name, born, source string, more ...func(*dossier.Profile)) dossier.Profile {
	var p dossier.Profile
	for _, part := range strings.Split(name, ",") {
		role, text, ok := strings.Cut(strings.TrimSpace(part), ":")
		if !ok {
			role, text = "other", role
		}
		p.Names = append(p.Names, dossier.NamePart{Role: role, Text: text})
	}
	p.Called = p.Names[0].Text
	if born != "" {
		var b dossier.Birth
		switch strings.Count(born, "-") {
		case 2:
			fmt.Sscanf(born, "%d-%d-%d", &b.Day, &b.Month, &b.Year)
		case 1:
			fmt.Sscanf(born, "%d-%d", &b.Month, &b.Year)
		default:
			fmt.Sscanf(born, "%d", &b.Year)
		}
		b.Source = source
		p.Births = []dossier.Birth{b}
	}
	for _, m := range more {
		m(&p)
	}
	return p
}

func v(n string) func(*dossier.Profile)    { return func(p *dossier.Profile) { p.VNumber = n } }
func z(n string) func(*dossier.Profile)    { return func(p *dossier.Profile) { p.ZNumber = n } }
func from(n string) func(*dossier.Profile) { return func(p *dossier.Profile) { p.Nationality = n } }
func tel(n string) func(*dossier.Profile)  { return func(p *dossier.Profile) { p.Reach.Phone = n } }
func at(n string) func(*dossier.Profile)   { return func(p *dossier.Profile) { p.Lives = n } }
func script(n string) func(*dossier.Profile) {
	return func(p *dossier.Profile) { p.Own = n }
}
func spoken(n string) func(*dossier.Profile) { return func(p *dossier.Profile) { p.Pronoun = n } }
func also(b dossier.Birth) func(*dossier.Profile) {
	return func(p *dossier.Profile) { p.Births = append(p.Births, b) }
}

// The invented pairs against which the weights were set. same says what the truth is.
var cases = []struct {
	name string
	a, b dossier.Profile
	kin  bool
	same bool
	want dossier.Class
}{
	// One person.
	{"one name in two scripts, one day", who("own:Selam, father:Tesfay, grandfather:Haile", "14-5-1991", "person", script("ሰላም ተስፋይ ሃይለ")), who("ሰላም, ተስፋይ", "14-5-1991", "ind"), false, true, dossier.Very},
	{"spelt by an office, one day", who("own:Selam, father:Tesfay", "14-5-1991", "person"), who("Salam, Tesfai", "14-5-1991", "ind"), false, true, dossier.Maybe},
	{"spelt by ear, one day", who("own:Mohammad, family:Hosseini", "14-5-1984", "passport", from("Iran")), who("own:Moehamed, family:Hoesseini", "14-5-1984", "person", from("Iran")), false, true, dossier.Maybe},
	{"equal number, another spelling, office's first of January", who("own:Abdirahman, father:Warsame, grandfather:Farah", "1-1-1995", "ind", v("2798840216")), who("Cabdiraxmaan, Warsame, Faarax", "3-7-1995", "person", v("2798840216")), false, true, dossier.Very},
	{"equal number, date unknown", who("own:Golnar, family:Ahmadi", "", "person", v("2822017745")), who("own:Golnar, family:Ahmadi", "1983", "ind", v("2822017745")), false, true, dossier.Very},
	{"the parts in another order", who("own:Yusuf, family:Demir", "30-11-1984", "passport"), who("own:Demir, family:Yusuf", "30-11-1984", "ind"), false, true, dossier.Very},
	{"day and month swapped", who("own:Oksana, family:Kovalenko", "7-11-1990", "passport", from("Oekraïne")), who("Оксана, Коваленко", "11-7-1990", "other", from("Oekraïne")), false, true, dossier.Maybe},
	{"one decade off", who("own:Farzaneh, family:Rahimi", "3-9-1986", "passport", from("Afghanistan")), who("own:Farzaneh, family:Rahimi", "3-9-1996", "other", from("Afghanistan")), false, true, dossier.Maybe},
	{"first of January and the year", who("own:Mebrahtu, father:Gebremedhin", "1-1-2007", "ind", from("Eritrea")), who("own:Mebrahtu, father:Gebremedhin", "2007", "person", from("Eritrea")), false, true, dossier.Maybe},
	{"date copied in the Ethiopian calendar", who("own:Almaz, father:Tadesse", "1-1-1979", "other", from("Ethiopië")), who("own:Almaz, father:Tadesse", "11-9-1986", "passport", from("Ethiopië")), false, true, dossier.Maybe},
	{"a date of birth that is disputed beside the one that agrees", who("own:Mebrahtu, father:Gebremedhin", "12-6-2009", "person", also(dossier.Birth{Year: 2007, Month: 1, Day: 1, Source: "ind", Disputed: true})), who("መብራህቱ, ገብረመድህን", "12-6-2009", "unhcr"), false, true, dossier.Very},
	{"nothing known but a rare name", who("own:Mebrahtu, father:Gebremedhin, grandfather:Woldegiorgis", "", "person", from("Eritrea")), who("own:Mebrahtu, father:Gebremedhin, grandfather:Woldegiorgis", "", "person", from("Eritrea")), false, true, dossier.Maybe},

	// Two people who are easily taken for one.
	{"twins, brother and sister of one name", who("own:Samir, family:Haddad", "14-5-2010", "passport", from("Syrië")), who("own:Samira, family:Haddad", "14-5-2010", "passport", from("Syrië")), false, false, dossier.No},
	{"twins, sisters with names that sound alike", who("Zahra, Rahimi", "14-5-2010", "ind", from("Afghanistan"), at("azc Utrecht, kamer 8")), who("Zohra, Rahimi", "14-5-2010", "ind", from("Afghanistan"), at("azc Utrecht, kamer 8")), false, false, dossier.Maybe},
	{"a common name and one day", who("own:Mohammad, family:Ahmadi", "14-5-1990", "passport", from("Afghanistan")), who("own:Mohammad, family:Ahmadi", "14-5-1990", "passport", from("Afghanistan")), false, false, dossier.Maybe},
	{"twins", who("own:Hassan, father:Ali, grandfather:Warsame", "14-5-2010", "passport", at("azc Utrecht, kamer 9"), tel("+31612345111"), from("Somalië"), v("2821560931")), who("own:Hussein, father:Ali, grandfather:Warsame", "14-5-2010", "passport", at("azc Utrecht, kamer 9"), tel("+31612345111"), from("Somalië"), v("2821560932")), false, false, dossier.No},
	{"twins without numbers, names alike", who("own:Hassan, father:Ali, grandfather:Warsame", "14-5-2010", "passport", at("azc Utrecht, kamer 9"), tel("+31612345111"), from("Somalië")), who("own:Hussein, father:Ali, grandfather:Warsame", "14-5-2010", "passport", at("azc Utrecht, kamer 9"), tel("+31612345111"), from("Somalië")), false, false, dossier.No},
	{"twins, names nothing alike", who("own:Selam, father:Tesfay, grandfather:Haile", "14-5-2010", "person", from("Eritrea"), tel("+31612345111")), who("own:Dawit, father:Tesfay, grandfather:Haile", "14-5-2010", "person", from("Eritrea"), tel("+31612345111")), false, false, dossier.No},
	{"twins whom an office wrote without roles", who("Selam, Tesfay, Haile", "14-5-2010", "ind", from("Eritrea")), who("Dawit, Tesfay, Haile", "14-5-2010", "ind", from("Eritrea")), false, false, dossier.No},
	{"brothers, both on the first of January", who("own:Ahmad, family:Noori", "1-1-2001", "ind", from("Afghanistan"), at("azc Utrecht, kamer 8")), who("own:Hamid, family:Noori", "1-1-2001", "ind", from("Afghanistan"), at("azc Utrecht, kamer 8")), false, false, dossier.No},
	{"sisters at one address with numbers in a row", who("own:Zahra, family:Rahimi", "1-1-1998", "ind", from("Afghanistan"), at("azc Utrecht, kamer 8"), z("Z1-551203"), v("2820447719")), who("own:Zohra, family:Rahimi", "1-1-1999", "ind", from("Afghanistan"), at("azc Utrecht, kamer 8"), z("Z1-551203"), v("2820447718")), false, false, dossier.No},
	{"father and son of one name", who("own:Mohammad, family:Ahmadi", "2-3-1970", "passport", from("Afghanistan"), tel("+31612345111"), at("Kanaalstraat 4")), who("own:Mohammad, family:Ahmadi", "2-3-1998", "passport", from("Afghanistan"), tel("+31612345111"), at("Kanaalstraat 4")), false, false, dossier.No},
	{"father and son of one name, years only", who("own:Mohammad, family:Ahmadi", "1970", "person", from("Afghanistan")), who("own:Mohammad, family:Ahmadi", "1-1-1995", "ind", from("Afghanistan")), false, false, dossier.No},
	{"father and son of one name, the son's date unknown", who("own:Mohammad, family:Ahmadi", "2-3-1970", "passport", from("Afghanistan"), tel("+31612345111")), who("own:Mohammad, family:Ahmadi", "", "person", from("Afghanistan"), tel("+31612345111")), false, false, dossier.Maybe},
	{"a name and a telephone, no date", who("own:Golnar, family:Shirazi", "14-5-1990", "passport", tel("+31612345111")), who("own:Goelnar, family:Sjirazi", "", "person", tel("+31612345111")), false, true, dossier.Maybe},
	{"a first name and a telephone, no date", who("own:Golnar, family:Shirazi", "14-5-1990", "passport", tel("+31612345111")), who("own:Golnar", "", "person", tel("+31612345111")), false, true, dossier.Maybe},
	{"brothers on one telephone, no date", who("own:Ahmad, family:Noori", "1-1-2001", "ind", tel("+31612345111")), who("own:Hamid, family:Noori", "", "person", tel("+31612345111")), false, false, dossier.No},
	{"one household, one name, one year", who("own:Mohammad, family:Ahmadi", "1990", "person", from("Afghanistan")), who("own:Mohammad, family:Ahmadi", "1990", "person", from("Afghanistan")), true, false, dossier.No},
	{"husband and wife on one telephone", who("own:Reem, family:al-Ahmad", "14-5-1988", "passport", tel("+31612345111"), at("azc Utrecht"), spoken("zij/haar")), who("own:Khaled, family:al-Ahmad", "3-9-1985", "passport", tel("+31612345111"), at("azc Utrecht"), spoken("hij/hem")), false, false, dossier.No},
	{"a common name and one year", who("own:Mohammad, family:Ahmadi", "1990", "person", from("Afghanistan")), who("own:Mohammad, family:Ahmadi", "1-1-1990", "ind", from("Afghanistan")), false, false, dossier.No},
	{"a common name and other numbers", who("own:Mohammad, family:Ahmadi", "1-1-1990", "ind", from("Afghanistan"), v("2819940173")), who("own:Mohammad, family:Ahmadi", "1-1-1990", "ind", from("Afghanistan"), v("2790113365")), false, false, dossier.No},
	{"one name and one day, other numbers", who("own:Mohammad, family:Ahmadi", "14-5-1990", "passport", from("Afghanistan"), v("2819940173")), who("own:Mohammad, family:Ahmadi", "14-5-1990", "passport", from("Afghanistan"), v("2790113365")), false, false, dossier.No},
	{"a number of the mother at the child", who("own:Oksana, family:Kovalenko", "21-7-1990", "passport", v("2811190042")), who("own:Maksym, family:Kovalenko", "8-2-2016", "passport", v("2811190042")), false, false, dossier.Maybe},
	{"one first name and one day", who("own:Golnar", "14-5-1990", "person", from("Afghanistan")), who("own:Golnar", "14-5-1990", "person", from("Afghanistan")), false, false, dossier.Maybe},
	{"nothing in common but a telephone", who("own:Yusuf, family:Demir", "30-11-1984", "passport", tel("+31612345111")), who("own:Almaz, father:Tadesse", "11-9-1986", "passport", tel("+31612345111")), false, false, dossier.No},
	{"nothing known at all", who("own:Ali", "", "person"), who("own:Ali", "", "person"), false, false, dossier.No},
	{"strangers on one day", who("own:Selam, father:Tesfay", "14-5-1991", "person"), who("own:Reem, family:al-Ahmad", "14-5-1991", "passport"), false, false, dossier.No},
}

// crowd is invented people whose names say what is common.
func crowd(t testing.TB, n int) ([]dossier.DemoPerson, *names.Index) {
	t.Helper()
	plan := organisation.Plan{Teams: []organisation.PlanTeam{{ID: "t-utrecht", Locations: []organisation.PlanLocation{{ID: "l-overvecht"}}}}}
	var all []dossier.DemoPerson
	for batch := range dossier.DemoPeople(plan, n, dbtest.Start) {
		all = append(all, batch...)
	}
	x := names.NewIndex()
	for _, p := range all {
		x.Set(p.ID, spelt(p.Profile)...)
	}
	return all, x
}

func TestPairsAreJudgedAsPeopleWould(t *testing.T) {
	_, x := crowd(t, 20_000)
	judge := JudgeBy(x.Compare)
	var table strings.Builder
	found, missed, wrong, shown := 0, 0, 0, 0
	for _, c := range cases {
		l := judge(c.a, c.b, c.kin)
		fmt.Fprintf(&table, "%-62s %-5v %-5s %6.1f  %s\n", c.name, c.same, l.Class, l.Bits, listed(l))
		if l.Class != c.want {
			t.Errorf("%s: %s (%.1f), want %s\n%s", c.name, l.Class, l.Bits, c.want, listed(l))
		}
		if back := judge(c.b, c.a, c.kin); back.Class != l.Class || back.Bits != l.Bits {
			t.Errorf("%s: the other way round it is %s (%.1f)", c.name, back.Class, back.Bits)
		}
		switch {
		case c.same && l.Class == dossier.No:
			missed++
		case c.same:
			found++
		case l.Class == dossier.Very:
			wrong++
			t.Errorf("%s: two people are called one", c.name)
		case l.Class == dossier.Maybe:
			shown++
		}
	}
	t.Logf("\n%sone person: %d proposed, %d missed; two people: %d called very likely, %d shown as maybe", table.String(), found, missed, wrong, shown)
}

func listed(l dossier.Likeness) string {
	var out []string
	for _, g := range l.Grounds {
		out = append(out, fmt.Sprintf("%s %+.0f", strings.TrimPrefix(g.Key, "identity.why."), g.Bits))
	}
	return strings.Join(out, ", ")
}

// drawn is any person, in the small world where many are alike.
func drawn(r *rapid.T, who string) dossier.Profile {
	some := func(what string, values ...string) string { return rapid.SampledFrom(values).Draw(r, who+what) }
	p := dossier.Profile{Called: some("called", "Selam", "ሰላም", "Mohammad", "Hassan", "Hussein", "Ali"), Own: some("own", "", "ሰላም ተስፋይ", "محمد"), Pronoun: some("pronoun", "", "zij", "hij"),
		VNumber: some("v", "", "2819940173", "2819940174", "2790113365"), ZNumber: some("z", "", "Z12345"), Nationality: some("nation", "", "Eritrea", "Iran"), Lives: some("lives", "", "azc")}
	for range rapid.IntRange(0, 3).Draw(r, who+"names") {
		p.Names = append(p.Names, dossier.NamePart{Role: rapid.SampledFrom(dossier.NameRoles).Draw(r, who+"role"), Text: some("name", "Selam", "Tesfay", "Tesfai", "Mohammad", "Hassan", "Hussein", "Ali", "Haile", "-", "")})
	}
	for range rapid.IntRange(0, 2).Draw(r, who+"births") {
		b := dossier.Birth{Source: some("source", dossier.Sources...), Year: rapid.SampledFrom([]int{0, 1970, 1990, 1991, 2010}).Draw(r, who+"year"), About: rapid.Bool().Draw(r, who+"about")}
		if b.Month = rapid.IntRange(0, 12).Draw(r, who+"month"); b.Month > 0 {
			b.Day = rapid.IntRange(0, 28).Draw(r, who+"day")
		}
		p.Births = append(p.Births, b)
	}
	p.Reach.Phone, p.Reach.Shared = some("phone", "", "+31612345111"), rapid.Bool().Draw(r, who+"shared")
	return p
}

// What must hold of every pair: the order does not matter; who are written down as two of one household are never called
// very likely, nor are two whose years of birth lie a generation apart in every source; and every judgement has grounds.
func TestWhatHoldsOfEveryPair(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := drawn(r, "a "), drawn(r, "b ")
		kin := rapid.Bool().Draw(r, "kin")
		l, back := Judge(a, b, kin), Judge(b, a, kin)
		if l.Class != back.Class || l.Bits-back.Bits > 1e-9 || back.Bits-l.Bits > 1e-9 {
			r.Fatalf("one way %s %f, the other %s %f", l.Class, l.Bits, back.Class, back.Bits)
		}
		if len(l.Grounds) == 0 {
			r.Fatal("no grounds")
		}
		if l.Class != dossier.Very {
			return
		}
		if kin {
			r.Fatal("two of one household")
		}
		apart := len(a.Births) > 0 && len(b.Births) > 0
		for _, x := range a.Births {
			for _, y := range b.Births {
				apart = apart && x.Year != 0 && y.Year != 0 && (x.Year-y.Year >= 18 || y.Year-x.Year >= 18)
			}
		}
		if apart {
			r.Fatalf("a parent and a child: %v %v", a.Births, b.Births)
		}
	})
}

func FuzzJudge(f *testing.F) {
	f.Add("Selam", "Tesfay", "2819940173", 1991, 5, 14, "ሰላም", "ተስፋይ", "2819940174", 1991, 14, 5)
	f.Add("", "-", "", 0, 0, 0, "\xff", "ـ", "١٢", -1, 99, 99)
	f.Fuzz(func(t *testing.T, n1, f1, v1 string, y1, m1, d1 int, n2, f2, v2 string, y2, m2, d2 int) {
		make := func(n, fam, v string, y, m, d int) dossier.Profile {
			return dossier.Profile{Called: n, Own: fam, VNumber: v, Names: []dossier.NamePart{{Role: "own", Text: n}, {Role: "family", Text: fam}}, Births: []dossier.Birth{{Year: y, Month: m, Day: d, Source: "ind"}}}
		}
		a, b := make(n1, f1, v1, y1, m1, d1), make(n2, f2, v2, y2, m2, d2)
		l, back := Judge(a, b, false), Judge(b, a, false)
		if l.Class != back.Class {
			t.Fatalf("%s and %s", l.Class, back.Class)
		}
	})
}

// BenchmarkWalk looks for the doubles of one person among 100,000 in memory, as the walk does: whoever sounds alike, judged.
// What it leaves out is reading and opening their records.
func BenchmarkWalk(b *testing.B) {
	all, x := crowd(b, 100_000)
	byID, kin := map[string]dossier.Profile{}, map[string]string{}
	for _, p := range all {
		byID[p.ID], kin[p.ID] = p.Profile, p.Household
	}
	judge := JudgeBy(x.Compare)
	judged, pairs := 0, map[dossier.Class]int{}
	b.ResetTimer()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		p := all[n*7919%len(all)]
		for k, m := range x.Search(p.Profile.Name(), 400) {
			o := byID[m.ID]
			if m.ID == p.ID || m.Chance < 0.6 || (k >= 20 && birthSign(p.Profile, o) == signDiffers) {
				continue
			}
			judged++
			pairs[judge(p.Profile, o, p.Household != "" && p.Household == kin[m.ID]).Class]++
		}
	}
	b.ReportMetric(float64(judged)/float64(b.N), "judged/op")
	b.ReportMetric(1000*float64(pairs[dossier.Very])/float64(b.N), "very/1000")
	b.ReportMetric(1000*float64(pairs[dossier.Maybe])/float64(b.N), "maybe/1000")
}

func BenchmarkJudge(b *testing.B) {
	x, y := cases[0].a, cases[3].b
	b.ReportAllocs()
	for b.Loop() {
		Judge(x, y, false)
	}
}
