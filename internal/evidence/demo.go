package evidence

// This file makes the evidence of a demonstration: a few people written by hand have a list, and papers on it. The same
// person always gets the same; dates are relative to now.

import (
	"context"
	"embed"
	"fmt"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
)

//go:embed demo
var demoPapers embed.FS

type demoClaim struct {
	kind, about string
	pieces      []demoPiece
}

// demoPiece is a piece with, perhaps, its document. Days count from today; 0 is none.
type demoPiece struct {
	kind, title, state, owner, who string
	due                            int
	file                           string
	own                            bool
	expires                        int
}

var demoLists = map[string][]demoClaim{
	"p-selam": {
		{kind: "identity", pieces: []demoPiece{
			{kind: "birth", title: "Keren", state: Sent, owner: Self, due: 6, file: "birth.jpg", own: true},
			{kind: "idcard", state: Missing, owner: Self, due: 12},
		}},
		{kind: "flight", pieces: []demoPiece{
			{kind: "court", title: "oproep voor dienstplicht", state: Translating, owner: "u-amira", due: 3},
			{kind: "medical", title: "brief van de huisarts", state: There, file: "passport.jpg"},
			{kind: "expert", title: "littekens", state: Asked, owner: Someone, who: "forensisch arts", due: 30},
			{kind: "threat", state: Missing, owner: "u-marwan"},
		}},
		{kind: "family", about: "haar broer Yonas", pieces: []demoPiece{{kind: "familybook", state: Disputed, owner: "u-marwan", due: -4}}},
	},
	"p-reem": {
		{kind: "identity", pieces: []demoPiece{{kind: "passport", state: There, file: "passport.jpg", expires: 25}}},
		{kind: "family", about: "haar man Khaled", pieces: []demoPiece{
			{kind: "marriage", title: "Damascus", state: Translating, owner: "u-amira", due: 9, file: "marriage.jpg", own: true},
			{kind: "photo", title: "van de bruiloft", state: Asked, owner: Self, due: 14},
		}},
	},
	"p-ahmad": {
		{kind: "income", pieces: []demoPiece{
			{kind: "payslip", title: "oktober", state: There, file: "payslip.pdf"},
			{kind: "payslip", title: "november", state: Missing, owner: Self, due: 10},
			{kind: "housing", state: Missing, owner: Self, due: 10},
		}},
	},
	"p-yusuf": {{kind: "identity", pieces: []demoPiece{{kind: "passport", state: There, file: "passport.jpg", expires: -3}}}},
	"p-almaz": {{kind: "family", about: "haar dochter Hanna", pieces: []demoPiece{
		{kind: "birth", state: Missing, owner: Self, due: 20}, {kind: "court", title: "gezag over Hanna", state: Asked, owner: "u-amira", due: 20}}}},
}

// Demo writes the share of these people.
func (e *Evidence) Demo(ctx context.Context, tx *db.Tx, batch []dossier.DemoPerson, now time.Time) error {
	for _, d := range batch {
		for i, c := range demoLists[d.ID] {
			at := now.AddDate(0, 0, -12+i)
			id := fmt.Sprintf("cl-%s-%d", d.ID[2:], i)
			if err := putClaim(ctx, tx, d.Key, Claim{ID: id, Person: d.ID, Kind: c.kind, MadeBy: d.Legal, At: at, What: ClaimText{About: c.about}}); err != nil {
				return err
			}
			if err := demoStory(ctx, tx, d, id, claimMade, d.Legal, at, Details{Kind: c.kind, About: c.about}); err != nil {
				return err
			}
			for j, p := range c.pieces {
				if err := demoPut(ctx, tx, d, id, fmt.Sprintf("%s-%d-%d", d.ID[2:], i, j), p, at.Add(time.Duration(j+1)*time.Minute), now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func demoStory(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, about, kind, by string, at time.Time, what Details) error {
	return putEvent(ctx, tx, d.Key, Event{ID: "ee-" + about + "-" + kind, Person: d.ID, About: about, Kind: kind, Own: by == d.ID, MadeBy: by, At: at, What: what})
}

func demoPut(ctx context.Context, tx *db.Tx, d dossier.DemoPerson, claim, id string, p demoPiece, at, now time.Time) error {
	day := func(n int) clock.Date {
		if n == 0 {
			return clock.Date{}
		}
		return clock.Today(now).AddDays(n)
	}
	x := Piece{ID: "pc-" + id, Claim: claim, Person: d.ID, Kind: p.kind, State: p.state, Owner: p.owner, Due: day(p.due), At: at, What: PieceText{Title: p.title, Who: p.who}}
	if err := putPiece(ctx, tx, d.Key, x); err != nil {
		return err
	}
	made := detailsOf(x)
	if p.file != "" {
		made.State = Missing
	}
	if err := demoStory(ctx, tx, d, x.ID, pieceMade, d.Legal, at, made); err != nil || p.file == "" {
		return err
	}
	b, err := demoPapers.ReadFile("demo/" + p.file)
	if err != nil {
		return err
	}
	paper, err := Read(b)
	if err != nil {
		return err
	}
	at = at.AddDate(0, 0, 7)
	y := Document{ID: "pd-" + id, Person: d.ID, Kind: p.kind, Expires: day(p.expires), Own: p.own, MadeBy: d.Caseworker, At: at, Checked: at, What: DocumentText{Title: p.title}}
	if p.own {
		y.MadeBy = d.ID
		if p.state == Sent {
			y.Checked = time.Time{}
		}
	}
	if err := putDocument(ctx, tx, d.Key, y); err != nil {
		return err
	}
	if err := putScan(ctx, tx, d.Key, Scan{ID: "sc-" + id, Document: y.ID, Person: d.ID, N: 1, Own: p.own, MadeBy: y.MadeBy, At: at}, paper); err != nil {
		return err
	}
	if err := demoStory(ctx, tx, d, y.ID, documentMade, y.MadeBy, at, Details{Kind: y.Kind, Title: p.title, Expires: y.Expires, Object: "sc-" + id, N: 1}); err != nil {
		return err
	}
	if err := putProof(ctx, tx, d.ID, y.ID, x.ID, at); err != nil {
		return err
	}
	return demoStory(ctx, tx, d, x.ID, pieceLaid, y.MadeBy, at, Details{State: laid(Missing, p.own), Object: y.ID})
}
