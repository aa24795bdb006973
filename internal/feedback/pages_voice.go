package feedback

// This file takes in what somebody says aloud, and lets it be heard by who may read the words.

import (
	"context"
	"io"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/sound"
	"reisgezel/internal/kernel/web"
)

// voiceMost is the largest form with a recording: room beside it, so that one which is a little too large is told at its field.
const voiceMost = 2*sound.Most + bodyMost

// LendClean hands over the scanner: whether no virus is in a file. The app calls it once.
func (f *Feedback) LendClean(clean func(context.Context, []byte) (bool, error)) { f.clean = clean }

// roomFor counts a form that is too large for words alone before it is read: nobody fills the house with recordings.
func (f *Feedback) roomFor(v *web.Visit) error {
	if n := v.R.ContentLength; n >= 0 && n <= bodyMost {
		return nil
	}
	return f.voices.Take(v)
}

// spoken is what came with a form: a new recording, or the one that waited since the form came back (held is its id then).
type spoken struct {
	held, kind string
	body       []byte
}

func (s spoken) none() bool { return len(s.body) == 0 }

// listen reads the recording of a form. A new one goes before the one that waited, and whoever takes that away sends none.
func (f *Feedback) listen(v *web.Visit) (spoken, fault.Fields, error) {
	var fs fault.Fields
	s, err := f.fresh(v, &fs)
	if err != nil || !s.none() || len(fs) > 0 {
		return s, fs, err
	}
	id := v.Value("opname")
	if id == "" || v.Value("opname_weg") != "" {
		return s, nil, nil
	}
	x, err := f.heldVoice(v.Ctx(), id)
	if fault.Is(err, fault.NotFound) {
		fs.Add("geluid", "feedback.refused.gone")
		return s, fs, nil
	}
	return spoken{x.ID, x.Type, x.Body}, nil, err
}

func (f *Feedback) fresh(v *web.Visit, fs *fault.Fields) (spoken, error) {
	_, file, size, err := v.File("geluid")
	if err != nil || size == 0 {
		return spoken{}, nil // nothing was chosen
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, sound.Most+1))
	if err != nil {
		return spoken{}, err
	}
	clean, err := f.clean(v.Ctx(), b)
	if err != nil {
		return spoken{}, &fault.Fault{Kind: fault.Unavailable, Key: "feedback.refused.scanner", Cause: err}
	}
	if !clean {
		fs.Add("geluid", "feedback.refused.virus")
		return spoken{}, nil
	}
	s, why := sound.Read(b)
	if why != "" {
		fs.Add("geluid", "feedback.refused."+why)
		return spoken{}, nil
	}
	return spoken{kind: s.Kind, body: s.Bytes}, nil
}

// hold keeps the recording of a form that comes back, and says its id: the browser would forget it.
func (f *Feedback) hold(v *web.Visit, s spoken) (id string, err error) {
	if s.none() || s.held != "" {
		return s.held, nil
	}
	err = f.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		id, err = f.storeVoice(v.Ctx(), tx, Voice{Type: s.kind, Body: s.body})
		return err
	})
	return id, err
}

// noteVoice plays what somebody said with an opinion. With a name it is a look at their file.
func (f *Feedback) noteVoice(v *web.Visit) error {
	n, err := f.heardBy(v)
	if err != nil {
		return err
	}
	return f.play(v, n.Person, n.ID, func(tx *db.Tx) error {
		if n.Person == "" {
			return nil
		}
		file, err := f.files.OpenFor(v, n.Person, access.DeskLevel)
		if err != nil {
			return err
		}
		return file.Log(v.Ctx(), tx, "feedback.event.listened", n.ID)
	})
}

// complaintVoice plays a complaint to who handles it.
func (f *Feedback) complaintVoice(v *web.Visit) error {
	c, err := f.toHandle(v)
	if err != nil {
		return err
	}
	return f.play(v, c.Person, c.ID, func(tx *db.Tx) error {
		return log(v.Ctx(), tx, v.Actor, "feedback.event.listened", c.Person, c.ID)
	})
}

// mineVoice plays somebody their own complaint.
func (f *Feedback) mineVoice(v *web.Visit) error {
	c, err := complaint(v.Ctx(), f.db, v.Param("complaint"))
	if err != nil {
		return err
	}
	if c.Person != v.Actor.ID {
		return fault.Gone()
	}
	file, err := f.files.OpenFor(v, c.Person, access.File)
	if err != nil {
		return err
	}
	return f.play(v, c.Person, c.ID, func(tx *db.Tx) error { return file.Log(v.Ctx(), tx, "feedback.event.read", c.ID) })
}

// play answers with a recording; the look is in the log before the first byte.
func (f *Feedback) play(v *web.Visit, person, partOf string, look func(*db.Tx) error) error {
	k, err := f.key(v.Ctx(), person)
	if err != nil {
		return err
	}
	x, err := voice(v.Ctx(), f.db, k, partOf)
	if err != nil {
		return err
	}
	if err := f.db.Tx(v.Ctx(), look); err != nil {
		return err
	}
	return v.Sound(x.Type, x.Body)
}
