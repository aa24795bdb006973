package procedure

// This file counts what new rules or a corrected fact do to dates.

// Moves counts, over many tracks, how dates move.
type Moves struct {
	Looked  int // tracks that were looked at
	Tracks  int // in which anything changes
	Earlier int
	Later   int
	Fresh   int // dates that were not there
	Gone    int
	Other   int // the same day for other reasons, or newly confirmed
}

// plus adds two counts.
func (m Moves) plus(n Moves) Moves {
	return Moves{m.Looked + n.Looked, m.Tracks + n.Tracks, m.Earlier + n.Earlier, m.Later + n.Later, m.Fresh + n.Fresh, m.Gone + n.Gone, m.Other + n.Other}
}

// Dates is how many dates move, appear or disappear.
func (m Moves) Dates() int { return m.Earlier + m.Later + m.Fresh + m.Gone }

// compare counts what changes in one track. Only terms that run count: one that ended is history.
func compare(old, fresh Derivation) Moves {
	m := Moves{Looked: 1}
	left := map[string]*Deadline{}
	for i := range old.Deadlines {
		if x := &old.Deadlines[i]; x.Open() {
			left[x.Key] = x
		}
	}
	for i := range fresh.Deadlines {
		x := &fresh.Deadlines[i]
		if !x.Open() {
			continue
		}
		o, had := left[x.Key]
		delete(left, x.Key)
		switch {
		case !had:
			m.Fresh++
		case x.Safe == o.Safe:
			if x.Last != o.Last || x.Confirmed() != o.Confirmed() || x.Sure() != o.Sure() || x.Party != o.Party || x.Kind != o.Kind {
				m.Other++
			}
		case o.Safe.IsZero():
			m.Fresh++
		case x.Safe.IsZero():
			m.Gone++
		case x.Safe.Before(o.Safe):
			m.Earlier++
		default:
			m.Later++
		}
	}
	m.Gone += len(left)
	if m.Dates()+m.Other > 0 {
		m.Tracks = 1
	}
	return m
}
