package dossier

import (
	"context"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

// team is a list of people as a colleague has them, most of them with a name in their own script.
func team() []Listed {
	var out []Listed
	for _, x := range []struct{ id, called, name, own string }{
		{"selam", "Selam", "Selam Tesfay Haile", "ሰላም ተስፋይ ሃይለ"}, {"reem", "Reem", "Reem al-Ahmad", "ريم الأحمد"}, {"oleksandr", "Sasha", "Oleksandr Kovalenko", "Олександр Коваленко"},
		{"yusuf", "Yusuf", "Yusuf Demirkapı", ""}, {"hussain", "Mohammad", "Mohammad Hussaini", "محمد حسینی"}, {"zainab", "Zainab", "Zainab Jawad Al-Saadi", "زينب جواد السعدي"}, {"abdirahman", "Abdi", "Abdirahman Cali Xasan", ""},
		{"mebrahtu", "Mebrahtu", "Mebrahtu Gebremedhin", "መብራህቱ ገብረመድህን"}, {"tesfay", "Tesfay", "Tesfay Kidane", "ተስፋይ ኪዳነ"}, {"ahmad", "Ahmad", "Ahmad Darwish", "أحمد درويش"}, {"jan", "Jan", "Jan", ""}, {"golnar", "Golnar", "Golnar Shirazi", "گلنار شیرازی"},
	} {
		p := Profile{Called: x.called, Own: x.own}
		for part := range strings.FieldsSeq(x.name) {
			p.Names = append(p.Names, NamePart{Text: part, Role: "own"})
		}
		out = append(out, Listed{ID: x.id, Card: cardOf(p)})
	}
	return out
}

func TestWhoIsMeantComesFirstHoweverItIsSpelt(t *testing.T) {
	for typed, want := range map[string]string{
		"Seelam": "selam", "tesfai hayle selam": "selam", "ሰላም": "selam", "ሰላም ሃይለ": "selam", "Salam Tesfaye": "selam",
		"Riem": "reem", "Riem Achmed": "reem", "ريم": "reem", "Rim Alahmad": "reem",
		"Aleksandr Kovalenko": "oleksandr", "Александр": "oleksandr", "Sasja": "oleksandr",
		"Joesoef": "yusuf", "Youssef Demirkapi": "yusuf", "Mohamed Hoesseini": "hussain", "محمد حسيني": "hussain",
		"Seineb Djawad": "zainab", "Abdoerahman Ali Hassan": "abdirahman", "Mebratu": "mebrahtu", "Gebre Medhin": "mebrahtu", "Goelnaar": "golnar", "شیرازی": "golnar", "Sjirazi": "golnar",
	} {
		got, _ := readQuery(typed).answers(team())
		if len(got) == 0 || got[0].ID != want {
			var ids []string
			for _, l := range got {
				ids = append(ids, l.ID)
			}
			t.Errorf("%s finds %v, not %s first", typed, ids, want)
		}
	}
}

func TestWhoBeginsAsItWasTypedComesBeforeWhoSoundsLikeIt(t *testing.T) {
	got, found := readQuery("tesf").answers(team())
	if len(got) < 2 || found[got[0].ID].By != byStart || found[got[1].ID].By != byStart {
		t.Errorf("%v", got)
	}
	if got, _ := readQuery("Ahmad").answers(team()); len(got) < 2 || got[0].ID != "reem" && got[0].ID != "ahmad" {
		t.Errorf("%v", got)
	}
	for _, nobody := range []string{"Jansen", "Pieterse de Groot", "Xqzt", "", " ", "?", "Wilhelmina"} {
		if got, _ := readQuery(nobody).answers(team()); len(got) > 0 {
			t.Errorf("%q finds %s", nobody, got[0].ID)
		}
	}
}

func TestWhySomebodyIsShownIsSaid(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "dossier", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	ctx := lang.With(context.Background(), "nl", c)
	got, found := readQuery("tesfai selam").answers(team())
	why := whyHeard(ctx, got, found)
	if s := why["selam"]; !strings.Contains(s, "tesfai ≈ Tesfay") || !strings.Contains(s, "Selam gelijk") {
		t.Errorf("%q", s)
	}
	if got, found := readQuery("sela").answers(team()); whyHeard(ctx, got, found)["selam"] != lang.T(ctx, "dossier.search.name") {
		t.Error("who begins as it was typed needs no other reason")
	}
}

// The newest file is not the likeliest: whose name it is comes first, then who has it as a part, then who begins so.
func TestWhoseNameItIsComesFirst(t *testing.T) {
	var all []Listed
	for _, n := range []string{"Aliya Noor", "Aline Visser", "Alina Bondar", "Alireza Karimi", "Alimatou Ba", "Alija Hadzic", "Hassan Ali", "Ali Reza", "Ali"} {
		p := Profile{Called: strings.Fields(n)[0]}
		for part := range strings.FieldsSeq(n) {
			p.Names = append(p.Names, NamePart{Text: part, Role: "own"})
		}
		all = append(all, Listed{ID: n, Card: cardOf(p)})
	}
	for typed, want := range map[string][]string{"Ali": {"Ali", "Ali Reza", "Hassan Ali"}, "ali reza": {"Ali Reza"}, "reza ali": {"Ali Reza"}, "Alin": {"Aline Visser", "Alina Bondar"}} {
		got, _ := readQuery(typed).answers(slices.Clone(all))
		var ids []string
		for _, l := range got {
			ids = append(ids, l.ID)
		}
		if len(ids) < len(want) || !slices.Equal(ids[:len(want)], want) {
			t.Errorf("%s: %v, not %v first", typed, ids, want)
		}
	}
}

// Whoever reads a name from a passport finds who bears it, and sees which spelling it was.
func TestWhoIsSpeltOtherwiseByAnOfficeIsFoundAndToldHow(t *testing.T) {
	c, err := lang.Load(lang.Part{Name: "dossier", FS: Texts})
	if err != nil {
		t.Fatal(err)
	}
	ctx := lang.With(context.Background(), "nl", c)
	card := cardOf(Profile{Called: "Aziz", Names: []NamePart{{Text: "Aziz", Role: "own"}, {Text: "Rahimi", Role: "family"}}, Own: "عزيز رحيمي",
		Variants: []Variant{{Source: "passport", Text: "Abdulqadir Warsame"}, {Source: "ind", Text: "Aziz Rahimi"}}})
	all := append(team(), Listed{ID: "aziz", Card: card})
	for typed, why := range map[string]string{"Abdoelkadir Warsameh": "paspoort", "abdulq": "paspoort: Abdulqadir Warsame", "Warsame Abdulqadir": "paspoort: Abdulqadir Warsame", "warsa": "paspoort: Abdulqadir Warsame",
		"aziz": "naam", "rahimi az": "naam", "عزيز": "eigen schrift: عزيز رحيمي", "aziz warsame": "naam"} {
		got, found := readQuery(typed).answers(slices.Clone(all))
		if len(got) == 0 || got[0].ID != "aziz" {
			t.Errorf("%s does not find him: %v", typed, got)
			continue
		}
		s := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(whyHeard(ctx, got, found)["aziz"])
		if !strings.Contains(s, why) || why == "naam" && s != why {
			t.Errorf("%s: %q, not %q", typed, s, why)
		}
	}
}

func TestAListStaysShort(t *testing.T) {
	var many []Listed
	for range 5 {
		many = append(many, team()...)
	}
	for i := range many {
		many[i].ID += string(rune('a' + i/12))
	}
	got, _ := readQuery("Moehammed Hoeseini").answers(many)
	if n := len(slices.CompactFunc(got, func(a, b Listed) bool { return a.ID == b.ID })); n > heardMost || n < 5 {
		t.Errorf("%d people sound like it", n)
	}
}

func BenchmarkHearingAmongFourHundred(b *testing.B) {
	var many []Listed
	for len(many) < 400 {
		many = append(many, team()...)
	}
	many = many[:400]
	for b.Loop() {
		readQuery("Moehammed Hoeseini").answers(many)
	}
}
