package briefing

// This file holds what is told: the list, one subject in all its languages, and writing a new version.

import (
	"strconv"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type topicRow struct {
	Topic
	Title, URL, Sub string
}

type materialPage struct {
	Open, Closed []topicRow
	May          bool
}

func (b *Briefing) material(v *web.Visit) error {
	ctx := v.Ctx()
	ts, err := b.topics(ctx)
	if err != nil {
		return err
	}
	p := materialPage{May: mayMaterial.Allows(v.Actor)}
	for _, t := range ts {
		w, _ := t.In(lang.Of(ctx).Tag)
		old := 0
		for _, x := range t.Words {
			if x.Old {
				old++
			}
		}
		r := topicRow{Topic: t, Title: w.Title, URL: v.URL("briefing.topic", "topic", t.ID), Sub: lang.T(ctx, "briefing.material.sub", "n", len(t.Words), "version", t.Version)}
		if old > 0 {
			r.Sub = lang.Dots(r.Sub, lang.T(ctx, "briefing.material.old", "n", old))
		}
		if t.Closed {
			p.Closed = append(p.Closed, r)
		} else {
			p.Open = append(p.Open, r)
		}
	}
	return v.Page(pageMaterial(p))
}

func (b *Briefing) adoptForm(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.material", "gezegd", "briefing.said.adopted"), b.adopt(v.Ctx(), tx, v.Actor)
	})
}

type topicPage struct {
	Topic
	Title   string
	Earlier bool // an old version
	Shown   []shownWords
	May     bool
}

type shownWords struct {
	Words
	Tag, Name, Dir string
}

func (b *Briefing) topicPage(v *web.Visit) error {
	ctx := v.Ctx()
	version := v.Number("versie") // none is the version of now
	t, err := b.topic(ctx, b.db, v.Param("topic"), version)
	if err != nil {
		return err
	}
	now, err := b.topic(ctx, b.db, t.ID, 0)
	if err != nil {
		return err
	}
	w, _ := t.In(lang.Of(ctx).Tag)
	p := topicPage{Topic: t, Title: w.Title, Earlier: t.Version < now.Version, May: mayMaterial.Allows(v.Actor)}
	for _, tag := range Tags {
		if w, ok := t.Words[tag]; ok {
			l := lang.Find(tag)
			p.Shown = append(p.Shown, shownWords{w, tag, l.Name, l.Dir()})
		}
	}
	return v.Page(pageTopic(p))
}

type topicForm struct {
	ID     string // empty: a new one
	In     MaterialInput
	Before map[string]Words
	Errors fault.Fields
}

func (b *Briefing) newTopicForm(v *web.Visit) error {
	return v.Page(pageTopicForm(topicForm{In: MaterialInput{Words: map[string]Words{}}}))
}

func (b *Briefing) editTopicForm(v *web.Visit) error {
	t, err := b.topic(v.Ctx(), b.db, v.Param("topic"), 0)
	if err != nil {
		return err
	}
	return v.Page(pageTopicForm(topicForm{ID: t.ID, In: MaterialInput{Version: t.Version, Words: t.Words}, Before: t.Words}))
}

func readMaterial(v *web.Visit) MaterialInput {
	version, _ := strconv.ParseInt(v.Value("version"), 10, 64) // what is no number is no version that exists
	in := MaterialInput{Version: version, Words: map[string]Words{}}
	for _, tag := range Tags {
		in.Words[tag] = Words{Title: v.Value("title-" + tag), Text: v.Value("text-" + tag), Machine: tag != "nl" && v.Value("checked-"+tag) == ""}
	}
	return in
}

func (b *Briefing) addTopic(v *web.Visit) error { return b.writeTopic(v, Topic{}) }

func (b *Briefing) saveTopicForm(v *web.Visit) error {
	t, err := b.topic(v.Ctx(), b.db, v.Param("topic"), 0)
	if err != nil {
		return err
	}
	return b.writeTopic(v, t)
}

func (b *Briefing) writeTopic(v *web.Visit, t Topic) error {
	in := readMaterial(v)
	words, fs := in.Check(t.Words)
	if len(fs) > 0 {
		return v.Invalid(pageTopicForm(topicForm{ID: t.ID, In: in, Before: t.Words, Errors: fs}))
	}
	err := v.Write(func(tx *db.Tx) (string, error) {
		id, err := b.saveTopic(v.Ctx(), tx, v.Actor, t.ID, in.Version, words)
		return v.URL("briefing.topic", "topic", id, "gezegd", "briefing.said.topic"), err
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "briefing.error.version" {
		// Somebody wrote a version meanwhile: what was typed stays, and saving again goes on top of theirs.
		fs.Add("title-nl", "briefing.error.newer")
		in.Version = t.Version
		return v.Invalid(pageTopicForm(topicForm{ID: t.ID, In: in, Before: t.Words, Errors: fs}))
	}
	return err
}

func (b *Briefing) closeTopicForm(v *web.Visit) error {
	closed := v.Value("undo") == ""
	said := "briefing.said.closed"
	if !closed {
		said = "briefing.said.reopened"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("briefing.material", "gezegd", said), b.closeTopic(v.Ctx(), tx, v.Actor, v.Param("topic"), closed)
	})
}
