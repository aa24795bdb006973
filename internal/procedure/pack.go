package procedure

// This file proves a whole rule pack: the rules, the texts they name, and the worked examples in it. It is the command
// `reisgezel rules check DIR`, and a test holds the pack of this program to it.

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/lang"
)

// Report is what a check of a rule pack found.
type Report struct {
	Packs, Rules, Confirmed, Steps, Cases int
	Confidence                            map[Confidence]int
	Faults                                Faults // any of them makes the pack unfit
	Notes                                 Faults // to look at; they do not make it unfit
}

// CheckPack proves a folder: rule files (*.yaml), texts that this program does not have (text/TAG.json), and worked
// examples (cases/*.txtar).
func CheckPack(dir fs.FS, now time.Time) Report {
	r := Report{Confidence: map[Confidence]int{}}
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil || len(names) == 0 {
		r.Faults = Faults{whole(".", "no_files")}
		return r
	}
	for _, need := range []string{"regimes.yaml", "sources.yaml", "equated_days.yaml"} {
		if !slices.Contains(names, need) {
			r.Faults = append(r.Faults, whole(need, "missing"))
		}
	}
	b, faults := readRules(dir)
	r.Faults = append(r.Faults, faults...)
	if len(r.Faults) == 0 {
		r.Faults = b.check()
	}
	for _, p := range b.Packs {
		r.Packs++
		r.Steps += len(p.Steps)
		if today := clock.Today(now); !p.ReviewBy.IsZero() && today.After(p.ReviewBy) {
			r.Notes = append(r.Notes, whole(p.file, "stale", "day", p.ReviewBy))
		}
		for _, x := range p.Terms {
			r.Rules++
			r.Confidence[x.Confidence]++
			if x.Confirmed != nil {
				r.Confirmed++
			}
		}
	}
	if len(r.Faults) > 0 {
		r.Faults.sort()
		r.Notes.sort()
		return r // texts and examples of rules that cannot be read say nothing
	}
	texts, err := packTexts(dir)
	if err != nil {
		r.Faults = append(r.Faults, whole("text", "read", "what", err.Error()))
		return r
	}
	r.texts(b, texts)
	r.cases(b, dir, VoiceOf(lang.With(context.Background(), "nl", texts)))
	r.Faults.sort()
	r.Notes.sort()
	return r
}

// packTexts are the texts of this program, and those of the pack beside them.
func packTexts(dir fs.FS) (*lang.Catalogue, error) {
	parts := []lang.Part{{Name: "procedure", FS: Texts}}
	if more, _ := fs.Glob(dir, "text/*.json"); len(more) > 0 {
		parts = append(parts, lang.Part{Name: "procedure", FS: dir})
	}
	return lang.Load(parts...)
}

// texts looks for every text that the rules name: in Dutch and English, and what refugees read in all languages.
func (r *Report) texts(b *Rulebook, c *lang.Catalogue) {
	for _, w := range b.words() {
		var lacks []string
		for _, l := range lang.Core {
			staff := l.Tag == "nl" || l.Tag == "en"
			if _, own := b.Texts[l.Tag][w.key]; own || c.Has(l.Tag, w.key) || !staff && !w.refugee {
				continue
			}
			if _, own := b.Texts["nl"][w.key]; own && !staff {
				continue // what an organisation wrote itself falls to Dutch, and says so
			}
			lacks = append(lacks, l.Tag)
		}
		if len(lacks) > 0 {
			r.Faults = append(r.Faults, Fault{w.spot, "text_missing", []any{"key", w.key, "languages", strings.Join(lacks, " ")}})
		}
	}
}

// cases computes every worked example. A rule that none of them sets off is a note.
func (r *Report) cases(b *Rulebook, dir fs.FS, v Voice) {
	cases, err := ReadCases(dir)
	if err != nil {
		r.Faults = append(r.Faults, whole("cases", "read", "what", err.Error()))
		return
	}
	r.Cases = len(cases)
	used := map[string]bool{}
	for _, c := range cases {
		x := c.Check(b, v)
		r.Faults = append(r.Faults, x.Faults...)
		for _, id := range x.Rules {
			used[id] = true
		}
	}
	for _, p := range b.Packs {
		for _, x := range p.Terms {
			if !used[x.ID] {
				r.Notes = append(r.Notes, Fault{p.spot("terms/" + x.ID), "no_example", []any{"id", x.ID}})
			}
		}
	}
}

// Write says the report in plain words.
func (r Report) Write(w io.Writer) error {
	var s strings.Builder
	for _, f := range r.Faults {
		fmt.Fprintln(&s, f.Error())
	}
	for _, f := range r.Notes {
		fmt.Fprintln(&s, "note: "+f.Error())
	}
	var by []string
	for _, c := range confidences {
		by = append(by, fmt.Sprintf("%s %d", c, r.Confidence[c]))
	}
	fmt.Fprintf(&s, "%d files, %d rules (%s), %d of them confirmed by a lawyer, %d steps, %d worked examples\n", r.Packs, r.Rules, strings.Join(by, ", "), r.Confirmed, r.Steps, r.Cases)
	if len(r.Faults) == 0 {
		fmt.Fprintln(&s, "the pack is sound")
	} else {
		fmt.Fprintf(&s, "the pack is unfit: %d faults\n", len(r.Faults))
	}
	_, err := io.WriteString(w, s.String())
	return err
}

// textKey is a text that a rule file names, and where.
type textKey struct {
	key     string
	refugee bool // refugees read it
	spot
}

// words are all texts that the rules name by their ids, each once.
func (b *Rulebook) words() []textKey {
	var out []textKey
	seen := map[string]bool{}
	var at spot
	add := func(refugee bool, key string) {
		if !seen[key] {
			seen[key] = true
			out = append(out, textKey{key, refugee, at})
		}
	}
	at = spot{File: "regimes.yaml"}
	for _, t := range b.Topics {
		add(false, "procedure.topic."+string(t.ID))
	}
	for _, r := range b.Regimes {
		at = r.at
		add(false, "procedure.regime."+string(r.ID))
		if r.Named != "" {
			add(false, "procedure.route."+r.Named)
		}
		if r.Topic != Asylum && r.Topic != Responsibility && (r.Named != "" || r.Trigger != "") {
			add(false, "procedure.ask.regime_"+string(r.Topic))
		}
	}
	for _, p := range b.Packs {
		at = spot{File: p.file}
		add(false, "procedure.pack."+p.Name)
		for _, s := range p.Steps {
			at = p.spot("steps/" + s.ID)
			add(true, "procedure.step."+s.ID)
			add(true, "procedure.step."+s.ID+".means")
			add(true, "procedure.group."+s.Group)
			for i, w := range s.Who {
				add(false, "procedure.party."+string(w))
				if i == 0 {
					add(true, "procedure.home.turn."+string(w))
				}
			}
		}
		for _, e := range p.Events {
			at = p.spot("events/" + e.ID)
			add(true, "procedure.event."+e.ID)
			for _, o := range e.Outcomes {
				add(true, "procedure.outcome."+o)
			}
			for _, o := range e.Routes {
				add(false, "procedure.route."+o)
			}
		}
		for _, r := range p.Terms {
			at = p.spot("terms/" + r.ID)
			add(true, "procedure.term."+r.Key)
			add(false, "procedure.term."+r.Key+".means")
			add(false, "procedure.party."+string(r.Party))
			if r.Party.Authority() {
				add(true, "procedure.home.term."+string(r.Party))
			}
			add(false, "procedure.kind."+string(r.Kind))
			add(false, "procedure.confidence."+string(r.Confidence))
			add(false, "procedure.instrument."+string(r.Instrument))
			for _, n := range append([]Also{{Note: r.Note}}, r.Also...) {
				if n.Note != "" {
					add(false, "procedure.note."+n.Note)
				}
			}
		}
	}
	return out
}
