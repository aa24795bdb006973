package counsel

// This file keeps the address book.

import (
	"context"
	"encoding/json"
	"strconv"

	"reisgezel/internal/account"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const partyColumns = `SELECT id, kind, name, office, area, country, offers, data, phone, email, reachable, languages, verified, verified_by, changed, changed_by, ended, ended_why, version FROM counsel_party`

// parties are the entries of one kind, those that ended last.
func parties(ctx context.Context, q db.Q, kind string) ([]Party, error) {
	return db.Many[Party](ctx, q, db.F(partyColumns+` WHERE kind = ? ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, country, name, id LIMIT 1000`, kind))
}

func party(ctx context.Context, q db.Q, id string) (Party, error) {
	return db.One[Party](ctx, q, db.F(partyColumns+` WHERE id = ?`, id))
}

// partiesBy are entries by their ids.
func partiesBy(ctx context.Context, q db.Q, ids []string) (map[string]Party, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ps, err := db.Many[Party](ctx, q, db.F(partyColumns+` WHERE`).With(db.In("id", ids)))
	out := make(map[string]Party, len(ps))
	for _, p := range ps {
		out[p.ID] = p
	}
	return out, err
}

// addParty writes a new entry. The id of a lawyer is also that of the account with which they may sign in.
func addParty(ctx context.Context, tx *db.Tx, in PartyInput, by string) (string, error) {
	id := account.OutsideID(tx.Now)
	return id, putParty(ctx, tx, id, in, by)
}

func putParty(ctx context.Context, tx *db.Tx, id string, in PartyInput, by string) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO counsel_party (id, kind, name, office, area, country, offers, data, phone, email, reachable, languages, verified_by, changed, changed_by, ended_why, version) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'',?,?,'',1)`,
		id, in.Kind, in.Name, in.Office, in.Area, in.Country, in.Offers, in.Data, in.Phone, in.Email, in.Reachable, in.Languages, tx.Now, by))
	return err
}

// saveParty changes an entry that nobody changed meanwhile, and keeps what it was. Another e-mail address is not verified any
// more, and closes the account that was made for the old one.
func saveParty(ctx context.Context, tx *db.Tx, was Party, in PartyInput, by string) error {
	if in.Version != strconv.FormatInt(was.Version, 10) {
		return fault.New(fault.Conflict, "counsel.error.version")
	}
	body, err := json.Marshal(was.Input())
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO counsel_party_was (party, version, at, by_whom, body) VALUES (?,?,?,?,?)`, was.ID, was.Version, tx.Now, by, string(body))); err != nil {
		return err
	}
	if in.Email != was.Email {
		if err := account.EndOutside(ctx, tx, was.ID, by); err != nil {
			return err
		}
	}
	f := db.F(`UPDATE counsel_party SET name = ?, office = ?, area = ?, country = ?, offers = ?, data = ?, phone = ?, email = ?, reachable = ?, languages = ?, changed = ?, changed_by = ?, version = version + 1`,
		in.Name, in.Office, in.Area, in.Country, in.Offers, in.Data, in.Phone, in.Email, in.Reachable, in.Languages, tx.Now, by)
	if in.Email != was.Email {
		f = f.Then(`, verified = NULL, verified_by = ''`)
	}
	n, err := db.Do(ctx, tx, f.Then(`WHERE id = ? AND version = ?`, was.ID, was.Version))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "counsel.error.version")
	}
	return err
}

// earlier are what an entry was before, newest first.
func earlier(ctx context.Context, q db.Q, id string) ([]partyWas, error) {
	return db.Many[partyWas](ctx, q, db.F(`SELECT version, at, by_whom, body FROM counsel_party_was WHERE party = ? ORDER BY version DESC LIMIT 50`, id))
}

// endParty ends an entry, or begins it again. The account of a lawyer who is gone closes with it; what they represent is
// listed, to be moved.
func endParty(ctx context.Context, tx *db.Tx, id, why, by string, undo bool) error {
	f := db.F(`UPDATE counsel_party SET ended = ?, ended_why = ?, changed = ?, changed_by = ?, version = version + 1 WHERE id = ? AND ended IS NULL`, tx.Now, why, tx.Now, by, id)
	if undo {
		f = db.F(`UPDATE counsel_party SET ended = NULL, ended_why = '', changed = ?, changed_by = ?, version = version + 1 WHERE id = ? AND ended IS NOT NULL`, tx.Now, by, id)
	}
	if _, err := db.Do(ctx, tx, f); err != nil || undo {
		return err
	}
	return account.EndOutside(ctx, tx, id, by)
}

// verify notes that a colleague made sure that the address is this lawyer's.
func verify(ctx context.Context, tx *db.Tx, id, by string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE counsel_party SET verified = ?, verified_by = ? WHERE id = ?`, tx.Now, by, id))
	return err
}

// note writes into the log what a colleague did with an entry; it is about no person.
func note(ctx context.Context, tx *db.Tx, a access.Actor, event, object string) error {
	return audit.Append(ctx, tx, audit.Entry{Event: event, Actor: a.ID, ActorKind: string(a.Kind), Object: object, Session: a.Session})
}
