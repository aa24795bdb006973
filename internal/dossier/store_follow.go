package dossier

// This file keeps what a person follows of what they reported without a name. It lies sealed with their own key, in one list of which
// neither the length nor a day tells much; colleagues who see the file do not see it, and nothing leads here from a signal.

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// followed is the list. Read are the answers that were read.
type followed struct {
	Items []followedItem `json:"items,omitempty"`
	Read  []string       `json:"read,omitempty"`
}

// followedItem is one thing that is followed: the text key of what it was about, and the token that finds what was told.
type followedItem struct{ What, Token string }

const (
	followRoom = 4096 // the list is filled up to a multiple of this many bytes
	followMost = 100  // how many things, and answers that were read, it holds: the oldest go first
)

func followPlace(person string) string { return "dossier_follow.body/" + person }

// follows reads the list, and as it is stored: what changed it meanwhile is a conflict.
func follows(ctx context.Context, q db.Q, k privacy.Key, person string) (x followed, stored []byte, err error) {
	stored, err = db.One[[]byte](ctx, q, db.F(`SELECT body FROM dossier_follow WHERE person = ?`, person))
	if fault.Is(err, fault.NotFound) {
		return x, nil, nil
	}
	if err != nil {
		return x, nil, err
	}
	b, err := k.Open(followPlace(person), stored)
	if err != nil {
		return x, nil, err
	}
	return x, stored, json.Unmarshal(b, &x)
}

// changeFollows keeps the list after a change.
func changeFollows(ctx context.Context, tx *db.Tx, k privacy.Key, person string, change func(*followed)) error {
	x, stored, err := follows(ctx, tx, k, person)
	if err != nil {
		return err
	}
	change(&x)
	x.Items, x.Read = x.Items[max(0, len(x.Items)-followMost):], x.Read[max(0, len(x.Read)-followMost):]
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	b = append(b, bytes.Repeat([]byte(" "), followRoom-len(b)%followRoom)...)
	sealed := k.Seal(followPlace(person), b)
	if stored == nil {
		_, err = db.Do(ctx, tx, db.F(`INSERT INTO dossier_follow (person, body) VALUES (?,?)`, person, sealed))
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE dossier_follow SET body = ? WHERE person = ? AND body = ?`, sealed, person, stored))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "dossier.error.follow")
	}
	return err
}

// Follow keeps something for the person who asks, in the transaction of what they sent.
type Follow func(ctx context.Context, tx *db.Tx, what, token string) error

// Follower is how what a visitor sends without a name can be followed on their own page; nil for everybody but a person who is signed
// in. It is asked before the visit forgets who asks, and what it keeps only their own pages read.
func (s *Files) Follower(v *web.Visit) Follow {
	if v.Actor.Kind != access.IsSelf {
		return nil
	}
	person := v.Actor.ID
	return func(ctx context.Context, tx *db.Tx, what, token string) error {
		k, err := s.vault.Key(ctx, person)
		if err != nil {
			return err
		}
		return changeFollows(ctx, tx, k, person, func(x *followed) { x.Items = append(x.Items, followedItem{what, token}) })
	}
}

// readAll marks answers as read.
func readAll(ctx context.Context, tx *db.Tx, f File, ids []string) error {
	return changeFollows(ctx, tx, f.key, f.id, func(x *followed) {
		for _, id := range ids {
			if !slices.Contains(x.Read, id) {
				x.Read = append(x.Read, id)
			}
		}
	})
}
