package privacy

import "testing"

func TestAnEmbassyNeverReceivesAnything(t *testing.T) {
	for _, party := range []string{"Ambassade van Eritrea", "AMBASSADE", "Eritrean Embassy", "the embassies", "E.m.b.a.s.s.y", "Embajada", "Botschaft der Türkei", "Büyükelçilik", "TÜRKİYE BÜYÜKELÇİLİĞİ",
		"consulaat-generaal", "Consul", "Consulair bureau", "Konsolosluk", "Safaaradda Soomaaliya", "Qunsuliyadda", "Посольство України", "консул", "السفارة السورية", "سفارة", "السّفارة", "القنصلية", "سفارت ایران", "کنسولگری",
		"ናይ ኤርትራ ኤምባሲ", "ቆንስላ", "ambassa\u200bde", "Ambassadeur van Iran", "balyozxane"} {
		if !Forbidden(party) {
			t.Errorf("%q would receive something", party)
		}
	}
	for _, party := range []string{"mr. F. Lammers", "Gemeente Utrecht", "consulent Werk en Inkomen", "Consultatiebureau", "GGZ Centraal", "Huisarts De Plataan", "محامية سلمى", "وكيل", "Адвокат Іван", "ጠበቓ ሰላም", "Konsultan BV", ""} {
		if Forbidden(party) {
			t.Errorf("%q would be refused", party)
		}
	}
}

func TestAnOfficeOfTheStateAbroadReceivesNothing(t *testing.T) {
	for _, party := range []string{"Ministry of Internal Affairs", "Ministerie van Justitie", "MINISTÈRE de l'Intérieur", "Министерство внутренних дел", "وزارة الداخلية", "İçişleri Bakanlığı", "Police de Conakry", "State Security Service",
		"Migration Department of Georgia", "Georgian Embassy"} {
		if !ForbiddenAbroad(party) {
			t.Errorf("%q would receive something", party)
		}
	}
	for _, party := range []string{"Caritas Georgia", "Administratiekantoor Tbilisi", "Rural Women's Union", "Statelessness Network", "Association des femmes"} {
		if ForbiddenAbroad(party) {
			t.Errorf("%q would be refused", party)
		}
	}
	if Forbidden("Gemeente Utrecht") || Forbidden("Politie Utrecht") {
		t.Error("at home an office of the state may be told something")
	}
}
