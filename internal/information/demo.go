package information

// This file fills a demonstration: the texts of the house on the site, one new version that waits, and what somebody missed.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
)

// Demo lets Noor begin the list and Els read it; what Marwan wrote since then waits for a second reader.
func (i *Information) Demo(ctx context.Context, tx *db.Tx, now time.Time) error {
	noor := access.Actor{Kind: access.Staff, ID: "u-noor"}
	els := access.Actor{Kind: access.Staff, ID: "u-els"}
	marwan := access.Actor{Kind: access.Staff, ID: "u-marwan"}
	at := func(then time.Time, do func() error) error {
		defer func(was time.Time) { tx.Now = was }(tx.Now)
		tx.Now = then
		return do()
	}
	if err := at(now.AddDate(0, 0, -20), func() error { return i.adopt(ctx, tx, noor, "t-utrecht") }); err != nil {
		return err
	}
	ss, err := Stock()
	if err != nil {
		return err
	}
	if err := at(now.AddDate(0, 0, -19), func() error {
		for _, s := range ss {
			if err := i.pass(ctx, tx, els, "in-"+s.Slug, 1); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if err := at(now.AddDate(0, 0, -1), func() error { return i.demoNewer(ctx, tx, marwan) }); err != nil {
		return err
	}
	return at(now.AddDate(0, 0, -3), func() error {
		if err := i.putMiss(ctx, tx, "in-wat-doet-mijn-advocaat", "ar", "هل أستطيع تغيير المحامي؟"); err != nil {
			return err
		}
		return i.putMiss(ctx, tx, "in-mag-mijn-kind-naar-school", "nl", "Wie betaalt de bus naar school?")
	})
}

// demoNewer is a change of the Dutch that nobody has read yet: its translations are older than it.
func (i *Information) demoNewer(ctx context.Context, tx *db.Tx, by access.Actor) error {
	const id = "in-wat-doet-mijn-advocaat"
	v, err := i.version(ctx, tx, id, 1)
	if err != nil {
		return err
	}
	words := map[string]Words{}
	for tag, w := range v.Words {
		words[tag] = w
	}
	nl := words["nl"]
	nl.Text += "\n\nWilt u een andere advocaat? Vraag eerst aan ons wat dat betekent."
	words["nl"] = nl
	_, err = i.save(ctx, tx, by, id, Input{Team: "t-utrecht", From: 1}, Content{Words: words, Source: v.Content.Source, For: v.Content.For})
	return err
}
