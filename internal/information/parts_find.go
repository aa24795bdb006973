package information

// This file lets the search box find the texts for everybody: those on the site, in the language of whoever asks.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// findMost is how many texts one question gets; those with the word in their title come first.
const findMost = 8

// Finders find the texts of the site. What nobody passed, or what was taken off, is not found by anybody.
func (i *Information) Finders() []dossier.Finder {
	return []dossier.Finder{{Key: "information.find", Find: i.find}}
}

func (i *Information) find(v *web.Visit, typed string) ([]dossier.Hit, error) {
	seek := dossier.NewSeeker(typed)
	if seek.Empty() || len([]rune(dossier.Fold(typed))) < 3 {
		return nil, nil
	}
	ctx := v.Ctx()
	ps, err := i.onSite(ctx)
	if err != nil {
		return nil, err
	}
	var titled, within []dossier.Hit
	for _, p := range ps {
		w, _ := p.Content.In(lang.Of(ctx).Tag)
		hit := dossier.Hit{Title: w.Title, URL: v.URL("information.article", "theme", p.Theme, "slug", p.Slug)}
		theme := lang.T(ctx, "information.theme."+p.Theme)
		switch {
		case seek.Finds(w.Title):
			hit.Why = lang.Dots(theme, lang.T(ctx, "information.find.title"))
			titled = append(titled, hit)
		case seek.Finds(w.Title, w.Text):
			hit.Why = lang.Dots(theme, lang.T(ctx, "information.find.text"))
			within = append(within, hit)
		}
	}
	out := append(titled, within...)
	return out[:min(len(out), findMost)], nil
}
