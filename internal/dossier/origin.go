package dossier

// This file knows where people say that they come from: one short code for the many ways in which a nationality is written
// down. What is written is free, in any language; a count of a group must not miss somebody for a spelling.

import (
	"slices"
	"strings"
)

// UnknownOrigin is the code of somebody of whom no nationality was written down.
const UnknownOrigin = "?"

// origins are the codes with their spellings, folded. The first spelling is how the list of a form is sorted; the names on
// pages are text keys. A text that is none of these is an origin of its own, under its folded spelling.
var origins = map[string][]string{
	"AF": {"afghanistan", "afghaans", "afghaanse", "afghan"}, "AL": {"albanie", "albania", "albanees", "albanese", "albanian"},
	"DZ": {"algerije", "algeria", "algerijns", "algerijnse", "algerian"}, "AO": {"angola", "angolees", "angolese"},
	"AM": {"armenie", "armenia", "armeens", "armeense", "armenian"}, "AZ": {"azerbeidzjan", "azerbaijan", "azerbeidzjaans", "azerbeidzjaanse"},
	"BD": {"bangladesh", "bengalees", "bengalese"}, "BY": {"belarus", "wit rusland", "witrusland", "belarussisch", "belarussische"},
	"BI": {"burundi", "burundees", "burundese"}, "CM": {"kameroen", "cameroon", "kameroens", "kameroense"},
	"CN": {"china", "chinees", "chinese"}, "CO": {"colombia", "colombiaans", "colombiaanse"},
	"CD": {"congo", "dr congo", "drc", "democratische republiek congo", "congolees", "congolese"}, "EG": {"egypte", "egypt", "egyptisch", "egyptische"},
	"ER": {"eritrea", "eritrees", "eritrese", "eritrean"}, "ET": {"ethiopie", "ethiopia", "ethiopisch", "ethiopische", "ethiopian"},
	"GM": {"gambia", "gambiaans", "gambiaanse"}, "GE": {"georgie", "georgia", "georgisch", "georgische"}, "GN": {"guinee", "guinea", "guinees", "guineese"},
	"IR": {"iran", "iraans", "iraanse", "iranian"}, "IQ": {"irak", "iraq", "iraaks", "iraakse", "iraqi"},
	"JM": {"jamaica", "jamaicaans", "jamaicaanse"}, "YE": {"jemen", "yemen", "jemenitisch", "jemenitische"}, "JO": {"jordanie", "jordan", "jordaans", "jordaanse"},
	"LB": {"libanon", "lebanon", "libanees", "libanese"}, "LY": {"libie", "libya", "libisch", "libische"}, "MA": {"marokko", "morocco", "marokkaans", "marokkaanse"},
	"MN": {"mongolie", "mongolia", "mongools", "mongoolse"}, "MD": {"moldavie", "moldova", "moldavisch", "moldavische"},
	"NG": {"nigeria", "nigeriaans", "nigeriaanse"}, "PK": {"pakistan", "pakistaans", "pakistaanse", "pakistani"},
	"PS": {"palestina", "palestine", "palestijns", "palestijnse", "palestinian"}, "RU": {"rusland", "russia", "russische federatie", "russisch", "russische"},
	"RW": {"rwanda", "rwandees", "rwandese"}, "SN": {"senegal", "senegalees", "senegalese"}, "RS": {"servie", "serbia", "servisch", "servische"},
	"SL": {"sierra leone", "sierraleoons", "sierraleoonse"}, "SO": {"somalie", "somalia", "somalisch", "somalische", "somali"},
	"LK": {"sri lanka", "srilankaans", "srilankaanse", "sri lankaans", "sri lankaanse"}, "SS": {"zuid soedan", "zuidsoedan", "south sudan", "zuidsoedanees", "zuidsoedanese"},
	"SD": {"soedan", "sudan", "soedanees", "soedanese"}, "SY": {"syrie", "syria", "syrisch", "syrische", "syrian", "syrische arabische republiek"},
	"TJ": {"tadzjikistan", "tajikistan"}, "TN": {"tunesie", "tunisia", "tunesisch", "tunesische"}, "TR": {"turkije", "turkey", "turkiye", "turks", "turkse", "turkish"},
	"UG": {"oeganda", "uganda", "oegandees", "oegandese"}, "UA": {"oekraine", "ukraine", "oekraiens", "oekraiense", "ukrainian"},
	"VE": {"venezuela", "venezolaans", "venezolaanse"}, "XX": {"staatloos", "staatloze", "stateless"},
}

// originOf finds the code of a folded spelling.
var originOf = func() map[string]string {
	out := map[string]string{}
	for code, spelt := range origins {
		for _, s := range spelt {
			out[s] = code
		}
	}
	return out
}()

// Origins are the codes that a form offers, without the one of the unknown.
func Origins() []string {
	out := make([]string, 0, len(origins))
	for code := range origins {
		out = append(out, code)
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(origins[a][0], origins[b][0]) })
	return out
}

// betweenOrigins parts two nationalities in one text: "Syrië / Palestina", "Iraaks en Iraans".
var betweenOrigins = strings.NewReplacer(" en ", "/", " and ", "/", " of ", "/", ",", "/", ";", "/", "+", "/", "|", "/", "(", "/", ")", "/")

// OriginsOf reads a written nationality: the codes of all that stands in it, each once. Nothing written is UnknownOrigin.
func OriginsOf(text string) []string {
	var out []string
	for _, part := range strings.Split(betweenOrigins.Replace(strings.ToLower(text)), "/") {
		folded := strings.Join(strings.Fields(Fold(strings.ReplaceAll(part, "-", " "))), " ")
		if folded == "" || folded == "onbekend" || folded == "unknown" {
			continue
		}
		code, ok := originOf[folded]
		if !ok {
			code = "~" + folded
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	if len(out) == 0 {
		return []string{UnknownOrigin}
	}
	return out
}
