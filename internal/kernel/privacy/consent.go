package privacy

// This file keeps consent: what a person allows to be shared, with whom and until when, in the words in which it was
// asked. It is a ledger: giving and ending are each a row of their own, nothing is changed afterwards, and whether
// something is allowed is read from it at every request, so that ending works at the next one.
//
// Consent is never the ground for helping somebody. No door of this house asks for it except those that give something
// to the world outside; a test in the app keeps it so.

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// Schema is the migration line of the ledger; it lies with the data, not with the keys.
//
//go:embed schema/*.sql
var Schema embed.FS

// Purpose is one reason to share. Parts are all that may ever be shared for it, whatever a form says; Days is the longest
// time for which it can be given.
type Purpose struct {
	Name  string
	Parts []string
	Days  int
}

// Covers says whether these parts and this last day stay within the purpose. Nothing is not something to consent to. A part
// may name one thing of its kind, such as "documents/ID": then only that one is meant.
func (p Purpose) Covers(parts []string, today, until clock.Date) bool {
	if len(parts) == 0 || until.Before(today) || until.After(today.AddDays(p.Days)) {
		return false
	}
	for _, x := range parts {
		if kind, _, _ := strings.Cut(x, "/"); !slices.Contains(p.Parts, kind) {
			return false
		}
	}
	return true
}

// Given is how a consent was given.
type Given string

// The ways: by the person on their own screen, with a signature, or aloud.
const (
	OnScreen Given = "screen"
	OnPaper  Given = "paper"
	Spoken   Given = "spoken"
)

// Consent is one consent of one person.
type Consent struct {
	ID      string     `json:"id"`
	Subject string     `json:"-"`
	Purpose string     `json:"purpose"`
	Until   clock.Date `json:"until"` // the last day on which it holds
	At      time.Time  `json:"at" db:"given"`
	By      string     `json:"by,omitempty" db:"given_by"` // the colleague who wrote it down; empty when the person did it themselves
	How     Given      `json:"how"`
	Lang    string     `json:"language"` // in which it was asked
	Asked   Asked      `json:"asked" db:"-"`
	Ended   time.Time  `json:"ended,omitzero"`
	EndedBy string     `json:"endedBy,omitempty"` // as By

	Body []byte `json:"-"`
}

// Asked is what was asked, sealed.
type Asked struct {
	Party       string   `json:"party"`             // who may have it, as the person knew them
	PartyID     string   `json:"partyId,omitempty"` // the same in an address book, when they stand in one
	Parts       []string `json:"parts"`             // of the purpose
	Words       string   `json:"words"`             // the sentence itself, in Lang
	Interpreter string   `json:"interpreter,omitempty"`
}

// Holds says whether it counts now: given, not ended, and its last day not over.
func (c Consent) Holds(now time.Time) bool {
	return c.Ended.IsZero() && !c.At.After(now) && !c.Until.Before(clock.Today(now))
}

func consentPlace(id string) string { return "privacy_consent.body/" + id }

// Give writes a consent and tells its id. What its purpose does not cover is not written: that is a fault of the
// program, which must have told the person.
func Give(ctx context.Context, tx *db.Tx, k Key, p Purpose, c Consent) (string, error) {
	if c.Purpose != p.Name || c.Asked.Party == "" || c.Asked.Words == "" || Forbidden(c.Asked.Party) || !p.Covers(c.Asked.Parts, clock.Today(tx.Now), c.Until) {
		return "", fault.Wrap(fault.Internal, "give consent", fmt.Errorf("purpose %s does not cover what was asked, or its party may have nothing", p.Name))
	}
	id := db.ID("cs", tx.Now)
	body, err := SealJSON(k, consentPlace(id), c.Asked)
	if err != nil {
		return "", err
	}
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO privacy_consent (id, subject, purpose, until, given, given_by, how, lang, body) VALUES (?,?,?,?,?,?,?,?,?)`,
		id, c.Subject, c.Purpose, c.Until, tx.Now, c.By, string(c.How), c.Lang, body))
	return id, err
}

// End ends a consent. Ending twice changes nothing; a consent of somebody else is fault.NotFound.
func End(ctx context.Context, tx *db.Tx, subject, id, by string) error {
	if err := hold(ctx, tx, subject, id); err != nil {
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO privacy_consent_end (consent, subject, at, ended_by) VALUES (?,?,?,?) ON CONFLICT (consent) DO NOTHING`, id, subject, tx.Now, by))
	return err
}

// hold keeps a consent as it is until the end of the transaction. Without it a database with several writers could let
// something be shared in the moment in which the consent for it ends.
func hold(ctx context.Context, tx *db.Tx, subject, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE privacy_consent SET purpose = purpose WHERE id = ? AND subject = ?`, id, subject))
	if err == nil && n == 0 {
		err = fault.Gone()
	}
	return err
}

// Use reads a consent in order to act on it in the same transaction: it cannot end in between. One that does not hold is
// fault.Denied with this text.
func Use(ctx context.Context, tx *db.Tx, k Key, subject, id, text string) (Consent, error) {
	if err := hold(ctx, tx, subject, id); err != nil {
		return Consent{}, err
	}
	c, err := ConsentOf(ctx, tx, k, subject, id)
	if err == nil && !c.Holds(tx.Now) {
		err = fault.New(fault.Denied, text)
	}
	return c, err
}

const consentColumns = `c.id, c.subject, c.purpose, c.until, c.given, c.given_by, c.how, c.lang, c.body, e.at AS ended, COALESCE(e.ended_by, '') AS ended_by`

// Consents are all consents of a person, newest first, those that ended too.
func Consents(ctx context.Context, q db.Q, k Key, subject string) ([]Consent, error) {
	return openConsents(ctx, q, k, db.F(`SELECT `+consentColumns+` FROM privacy_consent c LEFT JOIN privacy_consent_end e ON e.consent = c.id WHERE c.subject = ? ORDER BY c.given DESC, c.id DESC`, subject))
}

// ConsentOf is one consent of a person.
func ConsentOf(ctx context.Context, q db.Q, k Key, subject, id string) (Consent, error) {
	return db.First(openConsents(ctx, q, k, db.F(`SELECT `+consentColumns+` FROM privacy_consent c LEFT JOIN privacy_consent_end e ON e.consent = c.id WHERE c.subject = ? AND c.id = ?`, subject, id)))
}

func openConsents(ctx context.Context, q db.Q, k Key, f db.Frag) ([]Consent, error) {
	cs, err := db.Many[Consent](ctx, q, f)
	return OpenAll(k, cs, err, func(c *Consent) (string, []byte, any) { return consentPlace(c.ID), c.Body, &c.Asked })
}

// ForgetConsents removes all consents of a person who is erased.
func ForgetConsents(ctx context.Context, tx *db.Tx, subject string) error {
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM privacy_consent_end WHERE subject = ?`, subject)); err != nil {
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`DELETE FROM privacy_consent WHERE subject = ?`, subject))
	return err
}

// Gave are those who gave a consent for a purpose that may hold now. What they allowed, and whether it does hold, is asked of each.
func Gave(ctx context.Context, q db.Q, purpose string, now time.Time) ([]string, error) {
	return db.Many[string](ctx, q, db.F(`SELECT DISTINCT c.subject FROM privacy_consent c WHERE c.purpose = ? AND c.until >= ? AND NOT EXISTS (SELECT 1 FROM privacy_consent_end e WHERE e.consent = c.id) ORDER BY c.subject`, purpose, clock.Today(now)))
}
