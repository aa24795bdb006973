package dossier

// This file is what may leave the house when a person agrees: parts of what is known, each as lines of label and value.
// Nothing in them is about another person, and nothing is what staff think.

import (
	"context"
	"strings"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// Excerpt is one such part. Lines are in the language of the page; none means that nothing is known.
type Excerpt struct {
	Name  string
	Key   string       // text key of its name
	Level access.Level // the least level at which a colleague may share it; 0 means DeskLevel
	Lines func(v *web.Visit, f File) ([]ui.FactP, error)
	// Items makes it a part of which each thing is agreed to by itself, under the name "NAME/ID"; Lines is nil then.
	Items func(ctx context.Context, f File) ([]Item, error)
}

// Item is one thing of such a part. What it holds is handed out only by Open; whoever calls it has logged that first.
type Item struct {
	ID, Title string
	Lines     []ui.FactP
	Open      func(ctx context.Context) (name, kind string, body []byte, err error)
}

// Excerpts are the parts of the profile.
func (s *Files) Excerpts() []Excerpt {
	of := func(name string, lines func(ctx context.Context, p Profile, add func(key, value string))) Excerpt {
		return Excerpt{Name: name, Key: "dossier.excerpt." + name, Lines: func(v *web.Visit, f File) ([]ui.FactP, error) {
			var out []ui.FactP
			lines(v.Ctx(), f.profile, func(key, value string) {
				if value != "" {
					out = append(out, ui.FactP{Label: lang.T(v.Ctx(), "dossier.excerpt."+key), Value: value})
				}
			})
			return out, nil
		}}
	}
	return []Excerpt{
		of("name", func(_ context.Context, p Profile, add func(key, value string)) {
			add("full", p.Name())
			add("own", p.Own)
			if p.Called != p.Name() {
				add("called", p.Called)
			}
		}),
		of("birth", func(ctx context.Context, p Profile, add func(key, value string)) {
			for _, b := range p.Births {
				value := BirthText(b)
				if value != "" && b.About {
					value = lang.T(ctx, "dossier.excerpt.about", "date", value)
				}
				if b.Words != "" {
					value = lang.Dots("“"+b.Words+"”", value)
				}
				add("born", value)
			}
		}),
		of("nationality", func(_ context.Context, p Profile, add func(key, value string)) { add("nationality", p.Nationality) }),
		of("vnumber", func(_ context.Context, p Profile, add func(key, value string)) {
			add("vnumber", VNumberText(p.VNumber))
		}),
		of("languages", func(ctx context.Context, p Profile, add func(key, value string)) {
			var ls []string
			for _, l := range p.Languages {
				ls = append(ls, Tongue(l.Tag))
			}
			add("languages", strings.Join(ls, " · "))
			if p.Interpreter != "" {
				add("interpreter", lang.T(ctx, "dossier.excerpt.interpreter."+p.Interpreter))
			}
		}),
		of("reach", func(ctx context.Context, p Profile, add func(key, value string)) {
			add("phone", p.Reach.Phone)
			if p.Reach.Shared {
				add("shared", lang.T(ctx, "dossier.excerpt.shared.yes"))
			}
			var how []string
			for _, w := range p.Reach.How {
				how = append(how, lang.T(ctx, "dossier.excerpt.way."+w))
			}
			add("how", strings.Join(how, " · "))
			add("when", p.Reach.When)
			if p.Reach.Say != "" {
				add("say", lang.T(ctx, "dossier.say."+p.Reach.Say))
			}
			add("never", p.Reach.Never)
		}),
	}
}

// tongues are the names of languages as their speakers write them.
var tongues = map[string]string{
	"ar": "العربية", "ti": "ትግርኛ", "fa": "فارسی", "prs": "دری", "ps": "پښتو", "ku": "Kurmancî", "ckb": "سۆرانی", "tr": "Türkçe",
	"so": "Soomaali", "uk": "Українська", "ru": "Русский", "am": "አማርኛ", "om": "Afaan Oromoo", "fr": "Français", "en": "English",
	"nl": "Nederlands", "es": "Español", "pt": "Português", "ur": "اردو", "zh": "中文", "other": "…",
}

// Tongue is the name of a language in that language.
func Tongue(tag string) string {
	if n, ok := tongues[tag]; ok {
		return n
	}
	return tag
}
