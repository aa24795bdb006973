package procedure

// This file answers the search box: articles of law with the terms that rest on them, kinds of procedure by any of their
// names, and with a name beside it the procedure of one's own people.

import (
	"context"
	"slices"
	"strings"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// Finders are what the search box finds here.
func (p *Procedure) Finders() []dossier.Finder {
	return []dossier.Finder{
		{Key: "procedure.find.tracks", Find: p.findTracks},
		{Key: "procedure.find.articles", Find: p.findArticles},
	}
}

// findMost is how many answers one question gets here.
const findMost = 8

// rulingURL is where judgments are read; it is opened only by who presses it.
const rulingURL = "https://deeplink.rechtspraak.nl/uitspraak?id="

// findArticles finds the rules that rest on an article. A law without an article leads to the rule files that rest on it.
func (p *Procedure) findArticles(v *web.Visit, typed string) ([]dossier.Hit, error) {
	if !rules.Allows(v.Actor) {
		return nil, nil
	}
	ruling, asked := ECLI(typed), Cites(typed)
	if ruling == "" && len(asked) == 0 {
		return nil, nil
	}
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return nil, err
	}
	l := p.bare(v)
	var out []dossier.Hit
	whole := map[string]int{} // rule files by how many of their rules rest on a law that was named without an article
	seen := map[string]bool{}
	for i := range b.Packs {
		pack := &b.Packs[i]
		for k := range pack.Terms {
			r := &pack.Terms[k]
			exact, law := r.answers(asked, ruling)
			if law {
				whole[pack.Name]++
			}
			if !exact {
				continue
			}
			title := l.t("procedure.find.article", "article", r.Article, "term", l.t("procedure.term."+r.Key))
			if !seen[title] {
				seen[title] = true
				out = append(out, dossier.Hit{Title: title, Why: lang.Dots(l.wordsOf(r), l.valid(r.Valid)), URL: v.URL("procedure.rulefile", "file", pack.Name) + "#" + r.ID})
			}
		}
	}
	for i := range b.Packs {
		if n := whole[b.Packs[i].Name]; n > 0 {
			out = append(out, dossier.Hit{Title: b.Packs[i].Name, Why: l.t("procedure.find.law", "n", n, "law", asked[0].Law), URL: v.URL("procedure.rulefile", "file", b.Packs[i].Name)})
		}
	}
	if ruling != "" {
		out = append(out, dossier.Hit{Title: ruling, Why: l.t("procedure.find.ruling"), URL: rulingURL + ruling})
	}
	return out[:min(len(out), findMost)], nil
}

// answers says whether a rule rests on one of these articles or on a judgment, and whether only its law was asked for.
func (r *Rule) answers(asked []Cite, ruling string) (exact, law bool) {
	exact = ruling != "" && ECLI(r.Article) == ruling
	for _, c := range Cites(r.Article) {
		for _, q := range asked {
			if !c.Answers(q) {
				continue
			}
			if q.Article != "" {
				exact = true
			} else {
				law = true
			}
		}
	}
	return exact, law
}

// wordsOf says how long a term is.
func (l lens) wordsOf(r *Rule) string {
	switch {
	case r.Term != nil:
		return l.length(r.Term.String())
	case r.By:
		return l.t("procedure.rules.by_letter")
	}
	return lang.Day(l.ctx, r.Fixed)
}

// namesOf are the names of a topic in both languages of colleagues, as they are compared.
func namesOf(ctx context.Context, t Topic) []string {
	var out []string
	for _, tag := range []string{"nl", "en"} {
		in := lang.In(ctx, tag)
		all := lang.T(in, "procedure.topic."+string(t))
		if key := "procedure.find.names." + string(t); lang.Has(in, key) {
			all += "," + lang.T(in, key)
		}
		for name := range strings.SplitSeq(all, ",") {
			if n := dossier.Fold(name); n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// topicIn finds the topic that is named in what was typed, and what was typed beside it. The longest name counts.
func (p *Procedure) topicIn(ctx context.Context, typed string, topics []TopicDef) (found []Topic, rest string) {
	have := " " + dossier.Fold(typed) + " "
	best := 0
	for _, t := range topics {
		for _, name := range namesOf(ctx, t.ID) {
			i := strings.Index(have, " "+name)
			if i < 0 || len(name) < best || len(name) < 4 {
				continue
			}
			end := i + 1 + len(name)
			word := strings.IndexByte(have[end:], ' ') // "nareis" is in "nareisprocedure"
			if len(name) > best {
				found, best = nil, len(name)
			}
			if !slices.Contains(found, t.ID) {
				found = append(found, t.ID)
			}
			rest = strings.TrimSpace(have[:i] + " " + have[end+word:])
		}
	}
	if best > 0 {
		return found, rest
	}
	// A name that was begun: at least three letters, and nothing beside it.
	if want := strings.TrimSpace(have); len([]rune(want)) >= 3 {
		for _, t := range topics {
			if slices.ContainsFunc(namesOf(ctx, t.ID), func(n string) bool { return strings.HasPrefix(n, want) }) {
				found = append(found, t.ID)
			}
		}
	}
	return found, ""
}

// findTracks finds kinds of procedure, and with a name beside it the procedures of that kind of one's own people.
func (p *Procedure) findTracks(v *web.Visit, typed string) ([]dossier.Hit, error) {
	if !look.Allows(v.Actor) && !rules.Allows(v.Actor) {
		return nil, nil
	}
	b, err := p.book(v.Ctx(), p.db)
	if err != nil {
		return nil, err
	}
	topics, rest := p.topicIn(v.Ctx(), typed, b.Topics)
	if len(topics) == 0 {
		return nil, nil
	}
	l := p.bare(v)
	var out []dossier.Hit
	if rest != "" && look.Allows(v.Actor) {
		if out, err = p.tracksNamed(v, l, topics, rest); err != nil {
			return nil, err
		}
	}
	if rules.Allows(v.Actor) && (rest == "" || len(out) == 0) {
		for i := range b.Packs {
			if t := b.Packs[i].Topic; slices.Contains(topics, t) {
				out = append(out, dossier.Hit{Title: lang.Capital(l.t("procedure.topic." + string(t))), Why: l.t("procedure.find.rules", "file", b.Packs[i].Name, "n", len(b.Packs[i].Terms)),
					URL: v.URL("procedure.rulefile", "file", b.Packs[i].Name)})
			}
		}
	}
	return out[:min(len(out), findMost)], nil
}

// tracksNamed are the procedures about a topic of people whom the visitor may see and who may be meant by a name.
func (p *Procedure) tracksNamed(v *web.Visit, l lens, topics []Topic, name string) ([]dossier.Hit, error) {
	named, err := p.Files.Named(v, name, findMost)
	if err != nil || len(named) == 0 {
		return nil, err
	}
	var ids []string
	names := map[string]string{}
	for _, x := range named {
		ids = append(ids, x.ID)
		names[x.ID] = x.Card.Name
	}
	kinds := make([]string, len(topics))
	for i, t := range topics {
		kinds[i] = string(t)
	}
	ts, err := db.Many[Track](v.Ctx(), p.db, db.F(`SELECT p.id, p.person, p.topic, p.owner, p.team, p.opened, p.opened_by, p.version FROM procedure_track p WHERE`).With(db.In("p.person", ids)).
		Then(`AND`).With(db.In("p.topic", kinds)).Then(`AND`).With(access.Sees(v.Actor, v.Now, look.Level, "p.person")).Then(`ORDER BY p.opened DESC, p.id`))
	if err != nil {
		return nil, err
	}
	var out []dossier.Hit
	for _, t := range ts {
		out = append(out, dossier.Hit{Title: names[t.Person] + " · " + l.t("procedure.topic."+string(t.Topic)), Why: l.t("procedure.find.track"), URL: v.URL("procedure.file", "person", t.Person)})
	}
	return out, nil
}
