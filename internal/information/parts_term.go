package information

// This file holds the hard words of these procedures: the short names of services, which stand in Latin letters in every language,
// and the words of letters that nobody who just came knows. Where one stands on a page it is explained on a tap.

import (
	"strings"

	"reisgezel/internal/kernel/ui"
)

// term is a word with the beginnings of the words that say the same in other languages, as the texts of the house write them.
type term struct {
	id, name string
	stems    map[string][]string
}

// terms are all of them, in the order in which somebody meets them.
var terms = []term{
	{"vluchtelingenwerk", "VluchtelingenWerk", nil}, {"ind", "IND", nil}, {"coa", "COA", nil}, {"azc", "azc", nil}, {"gza", "GZA", nil}, {"vnumber", "V-nummer", nil},
	{"hearing", "gehoor", map[string][]string{"en": {"interview with the ind"}, "ar": {"مقابلة"}, "fa": {"مصاحبه"}, "ti": {"ቃለ መሕትት", "ቃለ-መሕትት"}, "tr": {"görüşme tutana"}, "so": {"wareysi"}, "uk": {"співбесід"}, "fr": {"entretien avec l'ind"}}},
	{"dublin", "Dublin", map[string][]string{"ar": {"دبلن"}, "fa": {"دوبلین"}, "ti": {"ዳብሊን"}, "uk": {"дублін"}}},
	{"intention", "voornemen", map[string][]string{"en": {"intention to reject"}, "ar": {"نية الرفض"}, "fa": {"قصد رد"}, "ti": {"ሓሳብ ምንጻግ"}, "tr": {"ret niyeti"}, "so": {"ujeeddo diidmo", "ujeeddada diidmada"}, "uk": {"намір відмовити"}, "fr": {"intention de rejeter"}}},
	{"view", "zienswijze", nil},
	{"decision", "beschikking", nil},
	{"objection", "bezwaar", map[string][]string{"en": {"objection"}, "ar": {"اعتراض"}, "ti": {"መቃወሚ"}, "so": {"diidmo waa la gudbin"}, "uk": {"заперечення"}, "fr": {"opposition"}}},
	{"appeal", "beroep", map[string][]string{"en": {"appeal"}, "ar": {"استئناف"}, "fa": {"اعتراض در دادگاه", "دادگاه اعتراض"}, "ti": {"ይግባይ"}, "tr": {"mahkemede itiraz", "mahkemeye itiraz"}, "so": {"rafcaan"}, "uk": {"оскарження", "звернутися до суду"}, "fr": {"recours"}}},
	{"council", "Raad van State", map[string][]string{"en": {"council of state"}, "ar": {"مجلس الدولة"}, "fa": {"شورای دولتی"}, "ti": {"ቤት ምኽሪ መንግስቲ"}, "tr": {"danıştay"}, "so": {"golaha dawladd"}, "uk": {"державна рада"}, "fr": {"conseil d&#39;état", "conseil d'état"}}},
	{"reunion", "nareis", map[string][]string{"en": {"family reunification"}, "ar": {"لمّ شمل", "لمّ الشمل"}, "fa": {"پیوستن خانواده"}, "ti": {"ምጥርናፍ ስድራ"}, "tr": {"aile birleşim"}, "so": {"isu-keenista qoyska", "mideynta qoyska"}, "uk": {"возз'єднання сім'ї", "возз&#39;єднання сім&#39;ї"}, "fr": {"regroupement familial"}}},
	{"mvv", "mvv", nil},
}

// TermsIn are the words that stand in a text in a language.
func TermsIn(tag, text string) []ui.Term {
	var out []ui.Term
	for _, t := range Glossary(tag).Terms {
		if t.In(text) {
			out = append(out, t)
		}
	}
	return out
}

// Glossary are the words that pages in a language explain.
func Glossary(tag string) ui.Glossary {
	g := ui.Glossary{Title: "information.terms"}
	for _, t := range terms {
		g.Terms = append(g.Terms, ui.Term{ID: t.id, Name: t.name, Stems: t.stems[tag], Key: "information.term." + t.id})
	}
	return g
}

// explained are the words of an article: those of its title and of its text.
func (p articlePage) explained() []ui.Term {
	return TermsIn(p.Lang.Tag, strings.Join([]string{p.Title, p.Text}, "\n"))
}
