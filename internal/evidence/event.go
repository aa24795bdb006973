package evidence

// This file holds the story of a claim, a piece or a document: what happened to it, appended and never edited.

import (
	"time"

	"reisgezel/internal/kernel/clock"
)

// Event is one thing that happened.
type Event struct {
	ID     string
	Person string
	About  string // the claim, piece or document
	Kind   string
	Own    bool // done by the person
	MadeBy string
	At     time.Time
	Body   []byte  `json:"-"`
	What   Details `db:"-"`
}

// Details are how things stand after an event; they are kept sealed.
type Details struct {
	Kind    string     `json:"kind,omitempty"`
	Title   string     `json:"title,omitempty"`
	About   string     `json:"about,omitempty"`
	State   string     `json:"state,omitempty"`
	Owner   string     `json:"owner,omitempty"`
	Who     string     `json:"who,omitempty"`
	Due     clock.Date `json:"due,omitzero"`
	Expires clock.Date `json:"expires,omitzero"`
	Note    string     `json:"note,omitempty"`
	Object  string     `json:"object,omitempty"` // the document that was laid at a piece, or the scan that was added
	N       int        `json:"n,omitempty"`
	Alarm   string     `json:"alarm,omitempty"`
}

// What happens.
const (
	claimMade      = "claim_made"
	claimClosed    = "claim_closed"
	claimReopened  = "claim_reopened"
	pieceMade      = "piece_made"
	pieceChanged   = "piece_changed"
	pieceLaid      = "piece_laid"  // a document was laid at it
	pieceTaken     = "piece_taken" // a document no longer proves it
	pieceLost      = "piece_lost"  // its document was taken back
	documentMade   = "doc_made"    // with its first scan
	documentScan   = "doc_scan"    // a new scan beside the older ones
	documentDetail = "doc_detail"  // what it is, or until when it holds
	documentSeen   = "doc_seen"    // a colleague looked at what the person sent
	documentMinded = "doc_minded"  // a colleague took an alarm on
	documentGone   = "doc_gone"    // taken back
	documentBack   = "doc_back"    // put back
)
