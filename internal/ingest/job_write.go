package ingest

// This file writes a confirmed batch, and takes one back.

import (
	"context"
	"errors"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/organisation"
)

// pace is how many people one step writes or takes back: few enough that nobody else waits for it.
const pace = 200

// write writes the next people. Nobody holds a grant on them yet, so nobody sees half a batch; the last step gives the
// grants, all at once.
func (i *Ingest) write(ctx context.Context, b Batch) error {
	rows, err := i.lines(ctx, i.db, b.ID, Fresh, 0, pace)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return i.release(ctx, b)
	}
	m, err := i.match(ctx, i.db, b.ID)
	if err != nil {
		return err
	}
	j, err := i.judge(ctx, i.db, b.Kind, m)
	if err != nil {
		return err
	}
	ids, people := make([]string, len(rows)), make([]Person, len(rows))
	var subjects []string // of the keys: one of each person, and one of each address
	for k, l := range rows {
		var fs fault.Fields
		if people[k], fs = m.ReadPerson(l.Cells.Values, j.nations, j.today); len(fs) > 0 {
			return fault.Wrap(fault.Internal, "write a row that was checked", fs.Err())
		}
		ids[k] = db.ID("p", j.now)
		if subjects = append(subjects, ids[k]); people[k].Address != "" {
			subjects = append(subjects, i.apart.Subject(ids[k]))
		}
	}
	keys, err := i.vault.NewKeys(ctx, subjects)
	if err != nil {
		return err
	}
	spare := map[string]bool{}
	err = i.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO ingest_turn (id, n) VALUES ('turn', 1) ON CONFLICT (id) DO UPDATE SET n = ingest_turn.n + 1`)); err != nil {
			return err
		}
		wrote := 0
		for k, l := range rows {
			to := Put
			// A row that says the same may have been written since this one was checked. Where somebody decided that two equal
			// rows are two people, both are written.
			was, err := printed(ctx, tx, l.Print)
			if err != nil {
				return err
			}
			if was && len(l.Cells.Twins) == 0 {
				to = Known
			}
			if n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_row SET state = ?, person = ? WHERE batch = ? AND n = ? AND state = ?`, string(to), ids[k], b.ID, l.N, string(Fresh))); err != nil {
				return err
			} else if n != 1 {
				return fault.New(fault.Conflict, "ingest.conflict")
			}
			if to == Known {
				spare[ids[k]] = true
				continue
			}
			wrote++
			if _, err := db.Do(ctx, tx, db.F(`INSERT INTO ingest_print (print, batch, person, stays) VALUES (?,?,?,FALSE)`, l.Print, b.ID, ids[k])); err != nil {
				return err
			}
			if err := dossier.Add(ctx, tx, i.vault, keys[ids[k]], ids[k], people[k].Profile, dossier.Placing{Team: b.Team, Location: b.Location, Actor: b.Acts, Batch: b.ID}); err != nil {
				return err
			}
			if people[k].Address != "" {
				if err := i.apart.Receive(ctx, tx, keys[i.apart.Subject(ids[k])], ids[k], people[k].Address, b.Acts, b.ID); err != nil {
					return err
				}
			}
			if err := audit.Append(ctx, tx, audit.Entry{Event: "ingest.event.registered", Subject: ids[k], Actor: b.Acts, ActorKind: string(access.Staff),
				Role: string(access.Admin), Place: b.Team, OnBehalf: i.of(b, l), Object: b.ID}); err != nil {
				return err
			}
		}
		n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET done = done + ?, written = written + ? WHERE id = ? AND state = ? AND done = ? AND version = ?`,
			len(rows), wrote, b.ID, string(Writing), b.Done, b.Version))
		if err == nil && n != 1 {
			err = fault.New(fault.Conflict, "ingest.conflict")
		}
		return err
	})
	var nobodys []string // keys of nobody
	for _, id := range ids {
		if err != nil && !fault.Is(err, fault.Unsure) || spare[id] {
			nobodys = append(nobodys, id, i.apart.Subject(id))
		}
	}
	return errors.Join(err, i.vault.Shred(ctx, nobodys...))
}

// of is the caseworker of a row.
func (i *Ingest) of(b Batch, l Line) string {
	if l.Helper != "" {
		return l.Helper
	}
	return b.Helper
}

// release gives every person of a batch to their caseworker, in one transaction, and deletes the rows.
func (i *Ingest) release(ctx context.Context, b Batch) error {
	type row struct {
		Person string
		Helper string
	}
	return i.db.Bulk(ctx, func(tx *db.Tx) error {
		if err := move(ctx, tx, b, Done); err != nil {
			return err
		}
		rows, err := db.Many[row](ctx, tx, db.F(`SELECT person, helper FROM ingest_row WHERE batch = ? AND state = ? ORDER BY n`, b.ID, string(Put)))
		if err != nil {
			return err
		}
		for _, r := range rows {
			who := i.of(b, Line{Helper: r.Helper})
			if _, err := access.Give(ctx, tx, access.Grant{Subject: r.Person, Holder: "user:" + who, Why: access.Assignment, Level: access.File, GivenBy: b.Acts, Place: b.Team}); err != nil {
				return err
			}
		}
		if err := clear(ctx, tx, b.ID); err != nil {
			return err
		}
		return i.log(ctx, tx, access.Actor{Kind: access.Staff, ID: b.Acts}, "ingest.event.done", b.ID)
	})
}

// undo takes the next people back, as long as nobody has worked with them.
func (i *Ingest) undo(ctx context.Context, b Batch) error {
	people, err := db.Many[string](ctx, i.db, db.F(`SELECT DISTINCT person FROM ingest_print WHERE batch = ? AND stays = FALSE ORDER BY person LIMIT ?`, b.ID, pace))
	if err != nil {
		return err
	}
	var gone []string // subjects of keys
	back := 0
	err = i.db.Tx(ctx, func(tx *db.Tx) error {
		if len(people) == 0 {
			if err := move(ctx, tx, b, Undone); err != nil {
				return err
			}
			return i.log(ctx, tx, access.Actor{Kind: access.Staff, ID: b.Acts}, "ingest.event.undone", b.ID)
		}
		for _, id := range people {
			free, err := i.free(ctx, tx, id)
			if err != nil {
				return err
			}
			if !free {
				if _, err := db.Do(ctx, tx, db.F(`UPDATE ingest_print SET stays = TRUE WHERE batch = ? AND person = ?`, b.ID, id)); err != nil {
					return err
				}
				continue
			}
			if err := i.apart.TakeOut(ctx, tx, id); err != nil {
				return err
			}
			if err := i.files.Keeper().Erase(ctx, tx, id); err != nil {
				return err
			}
			if _, err := db.Do(ctx, tx, db.F(`DELETE FROM ingest_print WHERE batch = ? AND person = ?`, b.ID, id)); err != nil {
				return err
			}
			if err := audit.Append(ctx, tx, audit.Entry{Event: "ingest.event.takenback", Subject: id, Actor: b.Acts, ActorKind: string(access.Staff), Role: string(access.Admin), Object: b.ID}); err != nil {
				return err
			}
			back++
			gone = append(gone, id, i.apart.Subject(id))
		}
		n, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET done = done + ?, stays = stays + ? WHERE id = ? AND state = ? AND done = ? AND version = ?`,
			len(people), len(people)-back, b.ID, string(Undoing), b.Done, b.Version))
		if err == nil && n != 1 {
			err = fault.New(fault.Conflict, "ingest.conflict")
		}
		return err
	})
	if err != nil {
		return err
	}
	return i.vault.Shred(ctx, gone...)
}

// free says whether nobody has worked with a person since the import.
func (i *Ingest) free(ctx context.Context, tx *db.Tx, person string) (bool, error) {
	const most = 200
	es, err := audit.Of(ctx, tx, person, 0, most)
	if err != nil || len(es) == most {
		return false, err
	}
	events := make([]string, len(es))
	for k, e := range es {
		events[k] = e.Event
	}
	return Untouched(events), nil
}

// writeList writes an official list in one transaction, and keeps what stood there before.
func (i *Ingest) writeList(ctx context.Context, b Batch) error {
	m, err := i.match(ctx, i.db, b.ID)
	if err != nil {
		return err
	}
	kind := organisation.ReferenceKind(b.Kind)
	return i.db.Bulk(ctx, func(tx *db.Tx) error {
		before, err := organisation.ReferencesIn(ctx, tx, kind)
		if err != nil {
			return err
		}
		var list []organisation.Reference
		for after := 0; ; {
			rows, err := i.lines(ctx, tx, b.ID, Fresh, after, stride)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			for _, l := range rows {
				after = l.N
				r, fs := m.ReadLine(l.Cells.Values)
				if len(fs) > 0 {
					return fault.Wrap(fault.Internal, "write a row that was checked", fs.Err())
				}
				old, was := before[r.Code]
				var name any
				if was {
					name = old.Name
				}
				if _, err := db.Do(ctx, tx, db.F(`INSERT INTO ingest_before (batch, code, name, since, until) VALUES (?,?,?,?,?)`, b.ID, r.Code, name, old.Since, old.Until)); err != nil {
					return err
				}
				list = append(list, r)
			}
		}
		n, err := organisation.PutReference(ctx, tx, kind, list)
		if err != nil {
			return err
		}
		if err := move(ctx, tx, b, Done); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE ingest_batch SET written = ? WHERE id = ?`, n, b.ID)); err != nil {
			return err
		}
		if err := clear(ctx, tx, b.ID); err != nil {
			return err
		}
		return i.log(ctx, tx, access.Actor{Kind: access.Staff, ID: b.Acts}, "ingest.event.done", b.ID)
	})
}

// undoList puts an official list back as it was.
func (i *Ingest) undoList(ctx context.Context, b Batch) error {
	type row struct {
		Code, Name   string
		Since, Until clock.Date
		Was          bool
	}
	kind := organisation.ReferenceKind(b.Kind)
	return i.db.Bulk(ctx, func(tx *db.Tx) error {
		rows, err := db.Many[row](ctx, tx, db.F(`SELECT code, name, since, until, name IS NOT NULL AS was FROM ingest_before WHERE batch = ? ORDER BY code`, b.ID))
		if err != nil {
			return err
		}
		var old []organisation.Reference
		var added []string
		for _, r := range rows {
			if r.Was {
				old = append(old, organisation.Reference{Code: r.Code, Name: r.Name, Since: r.Since, Until: r.Until})
			} else {
				added = append(added, r.Code)
			}
		}
		if err := organisation.DropReference(ctx, tx, kind, added); err != nil {
			return err
		}
		if _, err := organisation.PutReference(ctx, tx, kind, old); err != nil {
			return err
		}
		if err := move(ctx, tx, b, Undone); err != nil {
			return err
		}
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM ingest_before WHERE batch = ?`, b.ID)); err != nil {
			return err
		}
		return i.log(ctx, tx, access.Actor{Kind: access.Staff, ID: b.Acts}, "ingest.event.undone", b.ID)
	})
}

// newer says whether a later batch changed the same official list: then this one can no longer be taken back.
func (i *Ingest) newer(ctx context.Context, b Batch) (bool, error) {
	n, err := db.One[int](ctx, i.db, db.F(`SELECT COUNT(*) FROM ingest_batch WHERE kind = ? AND (ended > ? OR ended = ? AND id > ?) AND (state = ? OR state = ?)`,
		string(b.Kind), b.Ended, b.Ended, b.ID, string(Done), string(Undoing)))
	return n > 0, err
}
