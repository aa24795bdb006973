package portal

// This file holds the settings: language, letters, PIN, and where one is signed in.

import (
	"cmp"
	"slices"
	"time"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type settingsPage struct {
	Sessions []web.Session
	Current  string
	Now      time.Time
	Size     string
	Phone    bool // a code on the telephone can be chosen
	Key      bool // the lock of a telephone can
	Calendar string
	Errors   fault.Fields
}

// chosen says whether this is the size of the letters now.
func (s settingsPage) chosen(size string) bool {
	return s.Size == size || (s.Size == "" && size == "100")
}

func (p *Portal) settings(v *web.Visit) error {
	s, err := p.settingsPage(v)
	if err != nil {
		return err
	}
	return v.Page(pageSettings(s))
}

func (p *Portal) settingsPage(v *web.Visit) (settingsPage, error) {
	ss, err := web.Sessions(v.Ctx(), p.db, access.IsSelf, v.Actor.ID, v.Now)
	return settingsPage{Sessions: ss, Current: v.Session.ID, Now: v.Now, Size: v.Cookie("maat"), Phone: p.post.Works(), Key: p.relying(v) != nil, Calendar: cmp.Or(lang.Habit(v.Ctx()), lang.Common)}, err
}

// calendars are those somebody can choose, the common one first.
func calendars() []string { return append([]string{lang.Common}, lang.Calendars...) }

func (p *Portal) changePIN(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	old, given := ReadPIN(v.Value("old"))
	pin, ok := ReadPIN(v.Value("pin"))
	again, _ := ReadPIN(v.Value("pin2"))
	var fs fault.Fields
	if !given {
		fs.Add("old", "portal.error.old")
	}
	fs = append(fs, checkNew(pin, again, ok, "pin", "pin2", clock.Today(v.Now))...)
	if len(fs) == 0 { // the old one is tried only when the rest could be saved: a slip must not cost a try
		right, looked, err := p.proves(v.Ctx(), f.Key(), f.ID(), old)
		switch {
		case err != nil:
			return err
		case !looked:
			fs.Add("old", "portal.error.wait")
		case !right:
			fs.Add("old", "portal.error.old")
		}
	}
	if len(fs) > 0 {
		s, err := p.settingsPage(v)
		if err != nil {
			return err
		}
		s.Errors = fs
		return v.Invalid(pageSettings(s))
	}
	h, err := p.hash(v.Ctx(), pin, salt())
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := p.put(v.Ctx(), tx, f.Key(), f.ID(), h); err != nil {
			return "", err
		}
		if err := web.EndSessions(v.Ctx(), tx, access.IsSelf, f.ID(), v.Session.ID); err != nil {
			return "", err
		}
		return v.URL("portal.settings", "gezegd", "portal.said.pin"), f.Log(v.Ctx(), tx, "portal.event.pin", "")
	})
}

func (p *Portal) size(v *web.Visit) error {
	s := v.Value("maat")
	if s != "115" && s != "130" {
		s = ""
	}
	v.SetCookie("maat", s, 365*24*time.Hour)
	return v.Go("portal.settings")
}

// calendar remembers in which calendar somebody counts their days.
func (p *Portal) calendar(v *web.Visit) error {
	if c := v.Value("kalender"); slices.Contains(calendars(), c) {
		v.SetCookie(web.CalendarCookie, c, 365*24*time.Hour)
	}
	return v.Go("portal.settings")
}

func (p *Portal) endSession(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("portal.settings", "gezegd", "portal.said.ended"), endWith(v.Ctx(), tx, v.Actor.ID, v.Value("session"))
	})
}
