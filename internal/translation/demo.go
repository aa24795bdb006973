package translation

// This file fills a demonstration: what people missed in the last weeks, proposals that wait, one that was agreed to, and the pages on
// which some texts stand.

import (
	"context"
	"encoding/binary"
	"math"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/sound"
)

// demoMissed are texts that somebody came upon in a language that has little yet.
var demoMissed = []struct {
	tag, key string
	n        int
}{
	{"ps", "portal.phone.text", 14}, {"ps", "portal.notice.text", 11}, {"am", "portal.phone.text", 9}, {"ckb", "portal.copy.text", 7},
	{"ru", "portal.phone.text", 6}, {"kmr", "portal.notice.text", 4}, {"am", "portal.copy.risk", 3}, {"nl-simple", "portal.copy.risk", 3},
}

// demoMade are proposals: by whom, for what, how many days ago; and who agreed.
var demoMade = []struct {
	by, tag, key, text string
	days               int
	passed             string
}{
	{"u-amira", "ar", "portal.hello", "أهلًا وسهلًا", 9, "u-marwan"},
	{"u-amira", "ar", "portal.question", "عندك سؤال؟", 3, ""},
	{"u-amira", "ar", "portal.looks", "من اطّلع على بياناتي؟", 2, ""},
	{"u-marwan", "ar", "portal.appointments", "مواعيدي", 1, ""},
	{"u-ria", "nl-simple", "portal.question", "Vraag?", 1, ""},
	{"u-ria", "nl-simple", "portal.appointments", "Afspraken", 1, ""},
	{"u-deniz", "tr", "portal.question", "Bir sorunuz mu var?", 4, ""},
}

// Demo counts what was missing and lets colleagues translate.
func (t *Translation) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	for _, m := range demoMissed {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_missed (tag, key, n, since) VALUES (?,?,?,?)`, m.tag, m.key, m.n, clock.Today(now).AddDays(-25))); err != nil {
			return err
		}
	}
	for key, route := range map[string]string{"portal.hello": "portal.home", "portal.question": "portal.home", "portal.looks": "portal.home", "portal.appointments": "portal.appointments"} {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO translation_seen (key, route) VALUES (?,?)`, key, route)); err != nil {
			return err
		}
	}
	defer func(was time.Time) { tx.Now = was }(tx.Now)
	for _, m := range demoMade {
		tx.Now = now.AddDate(0, 0, -m.days)
		id, err := t.propose(ctx, tx, access.Actor{Kind: access.Staff, ID: m.by}, m.tag, m.key, t.texts.Source(m.key), ByHand, lang.Text{One: m.text})
		if err != nil {
			return err
		}
		if m.passed != "" {
			tx.Now = tx.Now.Add(3 * time.Hour)
			if err := t.pass(ctx, tx, access.Actor{Kind: access.Staff, ID: m.passed}, id); err != nil {
				return err
			}
		}
	}
	return t.demoClips(ctx, tx, now)
}

// demoClips are two recordings in Arabic: one that everybody hears, one that waits for a second listener. They are a tone, and say so.
func (t *Translation) demoClips(ctx context.Context, tx *db.Tx, now time.Time) error {
	s, why := sound.Read(tone())
	if why != "" {
		return fault.New(fault.Internal, "translation.error.sound."+why)
	}
	for i, p := range t.passages[:min(2, len(t.passages))] {
		tx.Now = now.AddDate(0, 0, -6-i)
		id, err := t.addClip(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-amira"}, Clip{Part: p.ID, Tag: "ar", Mark: p.Mark(t.texts, "ar"), Speaker: "voorbeeld, alleen een toon"}, s)
		if err != nil {
			return err
		}
		if i == 0 {
			tx.Now = tx.Now.Add(2 * time.Hour)
			if err := t.passClip(ctx, tx, access.Actor{Kind: access.Staff, ID: "u-marwan"}, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// tone is a second of an A, as a WAV file of eight thousand samples a second.
func tone() []byte {
	const rate = 8000
	out := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data")
	out = binary.LittleEndian.AppendUint32(out, rate)
	for i := range rate {
		out = append(out, byte(128+40*math.Sin(2*math.Pi*440*float64(i)/rate)))
	}
	return out
}
