package knelpunt

// This file holds the SQL of bottlenecks: what they ask, their signals, their steps and their evidence.

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

func bottleneckPlace(id string) string { return "knelpunt_bottleneck.body/" + id }
func stepPlace(id string) string       { return "knelpunt_step.body/" + id }
func evidencePlace(id string) string   { return "knelpunt_evidence.body/" + id }

const bottleneckColumns = `SELECT b.id, b.state, b.theme, b.weight, b.owner, b.next, b.opened, b.closed, b.joined, b.told, b.version, b.body FROM knelpunt_bottleneck b WHERE`

func (k *Knelpunten) bottlenecks(ctx context.Context, q db.Q, where db.Frag) ([]Bottleneck, error) {
	bs, err := db.Many[Bottleneck](ctx, q, db.F(bottleneckColumns).With(where))
	return privacy.OpenAll(k.key(), bs, err, func(b *Bottleneck) (string, []byte, any) { return bottleneckPlace(b.ID), b.Body, &b.Ask })
}

func (k *Knelpunten) bottleneck(ctx context.Context, q db.Q, id string) (Bottleneck, error) {
	return db.First(k.bottlenecks(ctx, q, db.F(`b.id = ?`, id)))
}

// dueFirst is the order of lists: what is open first, by its next date.
const dueFirst = `ORDER BY CASE WHEN b.state IN ('closed','merged') THEN 1 ELSE 0 END, COALESCE(b.next, '9999'), b.opened DESC, b.id`

// start makes a bottleneck.
func (k *Knelpunten) start(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, kind, about string) (string, error) {
	b.ID, b.Version = db.ID("kp", tx.Now), 1
	body, err := privacy.SealJSON(k.key(), bottleneckPlace(b.ID), b.Ask)
	if err != nil {
		return "", err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_bottleneck (id, state, theme, weight, owner, next, opened, joined, told, version, body) VALUES (?,?,?,?,?,?,?,'',FALSE,1,?)`,
		b.ID, b.State, b.Theme, b.Weight, b.Owner, b.Next, b.Opened, body)); err != nil {
		return "", err
	}
	return b.ID, k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: kind, State: b.State, About: about})
}

// put keeps a bottleneck after a step; what somebody else changed meanwhile is a conflict. Whether everybody was told is not
// taken from what was read before: a signal may have joined since. Tells says that this step tells it, anew that it starts again.
func put(ctx context.Context, tx *db.Tx, b Bottleneck, version int64, tells, anew bool) error {
	return changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_bottleneck SET state = ?, weight = ?, owner = ?, next = ?, closed = ?, joined = ?, version = version + 1,
		told = CASE WHEN ? THEN TRUE WHEN ? THEN FALSE ELSE told END WHERE id = ? AND version = ?`,
		b.State, b.Weight, b.Owner, b.Next, b.Closed, b.Joined, tells, anew, b.ID, version).Then(`AND (told = TRUE OR ?)`, b.State != Closed || tells)))
}

// word keeps what a bottleneck asks in English.
func (k *Knelpunten) word(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, version int64) error {
	body, err := privacy.SealJSON(k.key(), bottleneckPlace(b.ID), b.Ask)
	if err != nil {
		return err
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_bottleneck SET body = ?, version = version + 1 WHERE id = ? AND version = ?`, body, b.ID, version))); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Worded, State: b.State})
}

// step adds to the history, and to the log of who did what.
func (k *Knelpunten) step(ctx context.Context, tx *db.Tx, a access.Actor, s Step) error {
	s.ID, s.At, s.MadeBy, s.Told = db.ID("kt", tx.Now), tx.Now, a.ID, s.Words.Told != ""
	var body []byte
	if s.Words != (StepWords{}) {
		var err error
		if body, err = privacy.SealJSON(k.key(), stepPlace(s.ID), s.Words); err != nil {
			return err
		}
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_step (id, bottleneck, kind, state, about, told, at, made_by, body) VALUES (?,?,?,?,?,?,?,?,?)`,
		s.ID, s.Bottleneck, s.Kind, s.State, s.About, s.Told, s.At, s.MadeBy, body)); err != nil || a.ID == "" {
		return err
	}
	return log(ctx, tx, a, "knelpunt.event."+s.Kind, s.Bottleneck)
}

const stepColumns = `SELECT id, bottleneck, kind, state, about, told, at, made_by, body FROM knelpunt_step WHERE`

func (k *Knelpunten) steps(ctx context.Context, q db.Q, where db.Frag) ([]Step, error) {
	ss, err := db.Many[Step](ctx, q, db.F(stepColumns).With(where).Then(`ORDER BY at DESC, id DESC`))
	return privacy.OpenAll(k.key(), ss, err, func(s *Step) (string, []byte, any) { return stepPlace(s.ID), s.Body, &s.Words })
}

// members are the signals of a bottleneck, the latest week first.
func (k *Knelpunten) members(ctx context.Context, q db.Q, bottleneck string) ([]Signal, error) {
	return k.signals(ctx, q, db.F(`s.id IN (SELECT signal FROM knelpunt_member WHERE bottleneck = ?) ORDER BY s.week DESC, s.id`, bottleneck))
}

// memberOf is the bottleneck of a signal; empty when it belongs to none.
func memberOf(ctx context.Context, q db.Q, signal string) (string, error) {
	id, err := db.One[string](ctx, q, db.F(`SELECT bottleneck FROM knelpunt_member WHERE signal = ?`, signal))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return id, err
}

// join puts a signal to a bottleneck. One that belongs to another already is a conflict: it would count twice. Whoever signalled it
// was told nothing yet.
func (k *Knelpunten) join(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, signal string) error {
	if b.State == Merged {
		return fault.New(fault.Conflict, "knelpunt.error.merged")
	}
	n, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_member (signal, bottleneck) VALUES (?,?) ON CONFLICT (signal) DO NOTHING`, signal, b.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		if at, err := memberOf(ctx, tx, signal); err != nil || at == b.ID {
			return err
		}
		return fault.New(fault.Conflict, "knelpunt.error.joined")
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_bottleneck SET told = FALSE WHERE id = ?`, b.ID)); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: JoinedOne, State: b.State, About: signal})
}

// past keeps that signals go out of a bottleneck now: what was told there until now stays told to whoever signalled them.
func past(ctx context.Context, tx *db.Tx, bottleneck string, signals db.Frag) error {
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_past (signal, bottleneck, until) SELECT m.signal, m.bottleneck, CAST(? AS BIGINT) FROM knelpunt_member m WHERE m.bottleneck = ? AND`, tx.Now, bottleneck).
		With(signals).Then(`ON CONFLICT (signal, bottleneck) DO UPDATE SET until = excluded.until`))
	return err
}

// leave takes a signal out of a bottleneck.
func (k *Knelpunten) leave(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, signal string) error {
	if err := past(ctx, tx, b.ID, db.F(`m.signal = ?`, signal)); err != nil {
		return err
	}
	n, err := db.Do(ctx, tx, db.F(`DELETE FROM knelpunt_member WHERE signal = ? AND bottleneck = ?`, signal, b.ID))
	if err != nil || n == 0 {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: LeftOne, State: b.State, About: signal})
}

// merge lets a bottleneck go on in another: its signals and its evidence go along, its history stays where it was.
func (k *Knelpunten) merge(ctx context.Context, tx *db.Tx, a access.Actor, b, into Bottleneck, version int64, why string) error {
	if into.ID == b.ID || into.State == Merged || b.State == Merged {
		return fault.New(fault.Conflict, "knelpunt.error.merged")
	}
	from := b.State
	b.State, b.Joined, b.Next, b.Closed = Merged, into.ID, clock.Date{}, clock.Today(tx.Now)
	if err := put(ctx, tx, b, version, false, false); err != nil {
		return err
	}
	if err := past(ctx, tx, b.ID, db.F(`TRUE`)); err != nil {
		return err
	}
	if _, err := db.DoAll(ctx, tx, db.F(`UPDATE knelpunt_member SET bottleneck = ? WHERE bottleneck = ?`, into.ID, b.ID), db.F(`UPDATE knelpunt_evidence SET bottleneck = ? WHERE bottleneck = ?`, into.ID, b.ID),
		db.F(`UPDATE knelpunt_bottleneck SET told = FALSE WHERE id = ?`, into.ID)); err != nil {
		return err
	}
	if err := k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: MergedInto, State: from, About: into.ID, Words: StepWords{Inside: why}}); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: into.ID, Kind: MergedFrom, State: into.State, About: b.ID, Words: StepWords{Inside: why}})
}

// split makes a new bottleneck of some signals of one.
func (k *Knelpunten) split(ctx context.Context, tx *db.Tx, a access.Actor, b, fresh Bottleneck, signals []string) (string, error) {
	id, err := k.start(ctx, tx, a, fresh, SplitFrom, b.ID)
	if err != nil {
		return "", err
	}
	if err := past(ctx, tx, b.ID, db.In("m.signal", signals)); err != nil {
		return "", err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_member SET bottleneck = ? WHERE bottleneck = ? AND`, id, b.ID).With(db.In("signal", signals)))
	if err != nil {
		return "", err
	}
	if n != int64(len(signals)) {
		return "", fault.New(fault.Conflict, "knelpunt.error.version")
	}
	return id, k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: SplitInto, State: b.State, About: id})
}

func (k *Knelpunten) evidence(ctx context.Context, q db.Q, bottleneck string) ([]Evidence, error) {
	es, err := db.Many[Evidence](ctx, q, db.F(`SELECT id, bottleneck, kind, made_by, day, gone, waits, seen_by, body FROM knelpunt_evidence WHERE bottleneck = ? AND gone IS NULL ORDER BY kind, day DESC, id`, bottleneck))
	return privacy.OpenAll(k.key(), es, err, func(e *Evidence) (string, []byte, any) { return evidencePlace(e.ID), e.Body, &e.What })
}

func (k *Knelpunten) prove(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, kind string, w EvidenceWhat) error {
	id := db.Blind("ke")
	body, err := privacy.SealJSON(k.key(), evidencePlace(id), w)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_evidence (id, bottleneck, kind, day, made_by, waits, body) VALUES (?,?,?,?,?,?,?)`, id, b.ID, kind, clock.Today(tx.Now), a.ID, secondReads(kind, w), body)); err != nil {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Proved, State: b.State, About: kind})
}

// pass lets others read a quote that waits, by somebody else than who wrote it down.
func (k *Knelpunten) pass(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_evidence SET waits = FALSE, seen_by = ? WHERE id = ? AND bottleneck = ? AND gone IS NULL AND waits = TRUE AND made_by <> ?`, a.ID, id, b.ID, a.ID))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Gone()
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Passed, State: b.State})
}

// unprove takes a source or a quote away. Of a quote nothing is left: whoever agreed may take it back.
func (k *Knelpunten) unprove(ctx context.Context, tx *db.Tx, a access.Actor, b Bottleneck, id string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_evidence SET gone = ?, body = NULL WHERE id = ? AND bottleneck = ? AND gone IS NULL`, clock.Today(tx.Now), id, b.ID))
	if err != nil || n == 0 {
		return err
	}
	return k.step(ctx, tx, a, Step{Bottleneck: b.ID, Kind: Unproved, State: b.State})
}

// The part of what is laid beside each other: the signals of so many last weeks, and no more than so many.
const (
	alikeWeeks = 104
	alikeMost  = 4000
)

// asText makes texts of signals.
func asText(ss []Signal) []Text {
	out := make([]Text, len(ss))
	for i, s := range ss {
		out[i] = Text{ID: s.ID, Words: BagOf(s.Words), Facts: s.Facts}
	}
	return out
}

// shelf keeps what each node read of signals: one that was released never changes. Laid are the latest of them as they were laid out,
// until another is released.
type shelf struct {
	mu    sync.Mutex
	texts map[string]Text
	ids   []string
	laid  *Corpus
}

// corpus gives the texts of these signals as they lie; nil when others lie there.
func (h *shelf) corpus(ids []string) *Corpus {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.laid != nil && slices.Equal(h.ids, ids) {
		return h.laid
	}
	return nil
}

// lay keeps them laid out.
func (h *shelf) lay(ids []string, c *Corpus) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids, h.laid = ids, c
}

// take gives the texts of these signals, and which of them nobody read yet.
func (h *shelf) take(ids []string) (texts []Text, unread []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		if t, ok := h.texts[id]; ok {
			texts = append(texts, t)
		} else {
			unread = append(unread, id)
		}
	}
	return texts, unread
}

// put keeps texts. What is no longer asked for is let go when there are too many.
func (h *shelf) put(texts []Text) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.texts == nil || len(h.texts) > 2*alikeMost {
		h.texts = map[string]Text{}
	}
	for _, t := range texts {
		h.texts[t.ID] = t
	}
}

// latest are the signals that can be laid beside others.
func (k *Knelpunten) latest(ctx context.Context, now time.Time) ([]string, error) {
	return db.Many[string](ctx, k.db, db.F(`SELECT s.id FROM knelpunt_signal s WHERE s.week >= ? ORDER BY s.week DESC, s.id LIMIT ?`, clock.Today(now).AddDays(-7*alikeWeeks), alikeMost))
}

// textsOf gives their texts; each is read from the database once.
func (k *Knelpunten) textsOf(ctx context.Context, ids []string) ([]Text, error) {
	texts, unread := k.shelf.take(ids)
	for some := range slices.Chunk(unread, 500) { // SQLite takes a bounded number of values
		ss, err := k.signals(ctx, k.db, db.In("s.id", some))
		if err != nil {
			return nil, err
		}
		fresh := asText(ss)
		k.shelf.put(fresh)
		texts = append(texts, fresh...)
	}
	return texts, nil
}

// placed is the bottleneck of each signal that has one.
func (k *Knelpunten) placed(ctx context.Context) (map[string]string, error) {
	type row struct{ Signal, Bottleneck string }
	rs, err := db.Many[row](ctx, k.db, db.F(`SELECT signal, bottleneck FROM knelpunt_member`))
	if err != nil {
		return nil, fmt.Errorf("which signal belongs where: %w", err)
	}
	at := make(map[string]string, len(rs))
	for _, r := range rs {
		at[r.Signal] = r.Bottleneck
	}
	return at, nil
}

// known are all signals that can be laid beside others, and the bottleneck of each that has one.
func (k *Knelpunten) known(ctx context.Context, now time.Time) ([]Text, map[string]string, error) {
	ids, err := k.latest(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	texts, err := k.textsOf(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	at, err := k.placed(ctx)
	return texts, at, err
}

// alikeTo are the signals without a bottleneck that are most alike to some texts. They are laid out once until another is released.
func (k *Knelpunten) alikeTo(ctx context.Context, now time.Time, to []Text) ([]Signal, error) {
	ids, err := k.latest(ctx, now)
	if err != nil {
		return nil, err
	}
	c := k.shelf.corpus(ids)
	if c == nil {
		texts, err := k.textsOf(ctx, ids)
		if err != nil {
			return nil, err
		}
		c = Lay(texts)
		k.shelf.lay(ids, c)
	}
	at, err := k.placed(ctx)
	if err != nil {
		return nil, err
	}
	ms := c.Nearest(to, func(id string) bool { return at[id] != "" }, alikeShown)
	found := make([]string, len(ms))
	for i, m := range ms {
		found[i] = m.ID
	}
	ss, err := k.signals(ctx, k.db, db.In("s.id", found))
	slices.SortFunc(ss, func(a, b Signal) int { return slices.Index(found, a.ID) - slices.Index(found, b.ID) })
	return ss, err
}
