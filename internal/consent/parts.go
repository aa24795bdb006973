package consent

// This file is what consent lends to others: its doors, its tab on a file, its place on the person's own page, and how what
// stands here is exported and erased.

import (
	"context"
	"embed"
	"net/http"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/organisation"
)

// Texts are the words of consent.
//
//go:embed text/*.json
var Texts embed.FS

// Schema is the migration line of what was given to others; the consents themselves lie in kernel/privacy.
//
//go:embed schema/*.sql
var Schema embed.FS

// Consents is the capability.
type Consents struct {
	db       *db.DB
	org      *organisation.Store
	files    *dossier.Files
	excerpts []dossier.Excerpt
	parties  dossier.Parties
}

// New makes the capability.
func New(d *db.DB, org *organisation.Store, files *dossier.Files) *Consents {
	return &Consents{db: d, org: org, files: files}
}

// Lend hands over what can be shared; the app calls it once.
func (c *Consents) Lend(excerpts []dossier.Excerpt) { c.excerpts = excerpts }

// LendParties hands over who stands in an address book; the app calls it once.
func (c *Consents) LendParties(parties dossier.Parties) { c.parties = parties }

// Allowing is what this room lends to the one that shows something to people outside: what they may have.
func (c *Consents) Allowing() dossier.Allowing {
	return dossier.Allowing{Now: allowedNow, Hold: allowedHold, End: endAllowed}
}

// Routes are the doors: the person's own, and those of colleagues.
func (c *Consents) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	return []web.Route{
		{Name: "consent.mine", Method: get, Path: "/mijn/toestemmingen", May: maySelf, Do: c.show},
		{Name: "consent.give", Method: post, Path: "/mijn/toestemmingen", May: maySelf, Do: c.give},
		{Name: "consent.ask", Method: get, Path: "/mijn/toestemmingen/nieuw", May: maySelf, Do: c.ask},
		{Name: "consent.check", Method: post, Path: "/mijn/toestemmingen/nieuw", May: maySelf, Do: c.check},
		{Name: "consent.end", Method: post, Path: "/mijn/toestemmingen/stop", May: maySelf, Do: c.end},
		{Name: "consent.gave", Method: get, Path: "/mijn/toestemmingen/gegeven/{sheet}", May: maySelf, Do: c.gave},

		{Name: "consent.file", Method: get, Path: "/dossier/{person}/toestemming", May: mayRecord, Do: c.show},
		{Name: "consent.give_for", Method: post, Path: "/dossier/{person}/toestemming", May: mayRecord, Do: c.give},
		{Name: "consent.ask_for", Method: get, Path: "/dossier/{person}/toestemming/nieuw", May: mayRecord, Do: c.ask},
		{Name: "consent.check_for", Method: post, Path: "/dossier/{person}/toestemming/nieuw", May: mayRecord, Do: c.check},
		{Name: "consent.end_for", Method: post, Path: "/dossier/{person}/toestemming/stop", May: mayRecord, Do: c.end},
		{Name: "consent.share", Method: get, Path: "/dossier/{person}/toestemming/{consent}", May: mayHand, Do: c.share},
		{Name: "consent.hand", Method: post, Path: "/dossier/{person}/toestemming/{consent}", May: mayHand, Do: c.hand},
		{Name: "consent.wish", Method: get, Path: "/dossier/{person}/toestemming/vraag/{wish}", May: mayHand, Do: c.wish},
		{Name: "consent.wished", Method: post, Path: "/dossier/{person}/toestemming/vraag/{wish}", May: mayHand, Do: c.wished},
		{Name: "consent.sheet", Method: get, Path: "/dossier/{person}/toestemming/blad/{sheet}", May: mayHand, Do: c.sheet},
	}
}

// Tabs is the page of colleagues about a person's consents.
func (c *Consents) Tabs() []dossier.Tab {
	return []dossier.Tab{{Key: "consent.tab", Route: "consent.file", Level: access.DeskLevel, Order: 50}}
}

// FilePanels is the way to the consents on the page where a person reads who looked.
func (c *Consents) FilePanels() []dossier.Panel {
	return []dossier.Panel{{Place: "looks", Order: 10, Show: func(*web.Visit, dossier.File) (ui.Part, error) { return ui.Part{Body: partWay()}, nil }}}
}

// Exported is what stands here of one person.
type Exported struct {
	Consents []privacy.Consent `json:"consents"`
	Handed   []Handed          `json:"handed"`
	Wishes   []Wish            `json:"wishes"`
}

// Keeper exports and erases what stands here.
func (c *Consents) Keeper() privacy.Keeper {
	return privacy.Keeper{Name: "consent",
		Keeps: []privacy.Class{{Name: "consent.keeps", Tables: []string{"consent_handed", "privacy_consent", "privacy_consent_end", "consent_wish"}, From: privacy.WithFile}},
		Export: func(ctx context.Context, q db.Q, vault *privacy.Vault, subject string) (any, error) {
			k, err := vault.Key(ctx, subject)
			if err != nil {
				return nil, err
			}
			var out Exported
			if out.Consents, err = privacy.Consents(ctx, q, k, subject); err != nil {
				return nil, err
			}
			if out.Handed, err = handedAll(ctx, q, k, subject); err != nil {
				return nil, err
			}
			out.Wishes, err = wishesOf(ctx, q, k, subject)
			return out, err
		},
		Erase: func(ctx context.Context, tx *db.Tx, subject string) error {
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM consent_handed WHERE person = ?`, subject)); err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM consent_wish WHERE person = ?`, subject)); err != nil {
				return err
			}
			return privacy.ForgetConsents(ctx, tx, subject)
		}}
}
