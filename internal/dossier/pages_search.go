package dossier

// This file answers the one search box: people first, then what else there is to find, each with why it is there. What
// somebody may not see does not exist here.

import (
	"maps"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// searchPage is the answer of the search box.
type searchPage struct {
	Query  string
	Rows   []Listed
	Why    map[string]string
	Others []hits
	MayAsk bool // whether somebody is known elsewhere
}

// hits are the answers of one finder.
type hits struct {
	Key  string
	Hits []Hit
}

// Found is how many answers there are.
func (p searchPage) Found() int {
	n := len(p.Rows)
	for _, g := range p.Others {
		n += len(g.Hits)
	}
	return n
}

// hitsMost is how many answers of one finder are shown; hintsMost how many of each sort while somebody types.
const (
	hitsMost  = 8
	hintsMost = 5
)

// Named are people whom the visitor may see and who may be meant by a name, the likeliest first, for a finder.
func (s *Files) Named(v *web.Visit, typed string, n int) ([]Listed, error) {
	all, _, err := s.near(v, typed)
	if err != nil {
		return nil, err
	}
	out, _ := readQuery(typed).answers(all)
	return out[:min(len(out), n)], nil
}

// near are the files in which a search by name looks. Several finders of one page ask for the same words.
func (s *Files) near(v *web.Visit, typed string) ([]Listed, bool, error) {
	type found struct {
		all  []Listed
		more bool
	}
	f, err := web.Memo(v, "dossier.near|"+typed, func() (found, error) {
		all, more, err := s.among(v.Ctx(), v.Actor, access.DeskLevel, v.Now, typed)
		return found{all, more}, err
	})
	return f.all, f.more, err
}

// search shows the page of answers.
func (s *Files) search(v *web.Visit) error {
	p := searchPage{Query: v.Value("q")}
	if p.Query != "" {
		var err error
		if p, err = s.find(v, p.Query, perPage, hitsMost); err != nil {
			return err
		}
	}
	p.MayAsk = mayRegister.Allows(v.Actor)
	return v.Page(pageSearch(p))
}

// hints answers with a piece of page while somebody types. It is a POST, so that what was typed half stands in no address.
func (s *Files) hints(v *web.Visit) error {
	p := searchPage{Query: v.Value("q")}
	if len([]rune(p.Query)) >= 2 {
		var err error
		if p, err = s.find(v, p.Query, hintsMost, hintsMost); err != nil {
			return err
		}
	}
	return v.Page(partHints(p))
}

// find looks among the files that the visitor may see, by name, V-number, telephone or card, and among what else there is
// to find.
func (s *Files) find(v *web.Visit, typed string, people, others int) (searchPage, error) {
	p := searchPage{Query: typed, Why: map[string]string{}}
	exact, err := s.exactly(v, typed)
	if err != nil {
		return p, err
	}
	ids := slices.Sorted(maps.Keys(exact))
	if p.Rows, err = s.those(v.Ctx(), v.Actor, access.DeskLevel, ids, v.Now); err != nil {
		return p, err
	}
	for _, l := range p.Rows {
		p.Why[l.ID] = lang.T(v.Ctx(), exact[l.ID])
	}
	all, _, err := s.near(v, typed)
	if err != nil {
		return p, err
	}
	byNames, found := readQuery(typed).answers(all)
	for id, why := range whyHeard(v.Ctx(), byNames, found) {
		if p.Why[id] == "" {
			p.Why[id] = why
		}
	}
	for _, l := range byNames {
		if len(p.Rows) < people && !slices.ContainsFunc(p.Rows, func(x Listed) bool { return x.ID == l.ID }) {
			p.Rows = append(p.Rows, l)
		}
	}
	for _, f := range s.finders {
		found, err := f.Find(v, typed)
		if err != nil {
			return p, err
		}
		if len(found) > 0 {
			p.Others = append(p.Others, hits{f.Key, found[:min(len(found), others)]})
		}
	}
	return p, nil
}

// exactly finds people by the code of their card, a telephone number, or any of their numbers at the immigration service, each
// with the text key of why. It decides nothing about access.
func (s *Files) exactly(v *web.Visit, typed string) (map[string]string, error) {
	out := map[string]string{}
	if _, ok := ReadCard(typed); ok {
		h, err := s.ByCard(v.Ctx(), s.db, typed)
		if err != nil {
			return nil, err
		}
		if h.Person != "" {
			out[h.Person] = "dossier.search.card"
		}
	}
	numbered := func(kind, n, why string) error {
		ids, err := s.byTokens(v.Ctx(), s.db, kind, []string{n}, 1, tokensMost)
		for _, id := range ids {
			out[id] = why
		}
		return err
	}
	if n, ok := ZNumber(typed); ok {
		if err := numbered(tokenZNumber, n, "dossier.search.znumber"); err != nil {
			return nil, err
		}
	}
	if n, ok := VNumber(typed); ok {
		if err := numbered(tokenVNumber, n, "dossier.search.vnumber"); err != nil {
			return nil, err
		}
	}
	if n, ok := PhoneTyped(typed); ok {
		if err := numbered(tokenPhone, n, "dossier.search.phone"); err != nil {
			return nil, err
		}
	}
	return out, nil
}
