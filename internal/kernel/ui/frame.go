package ui

// This file holds what every page of a visitor needs around its own content, and the small types of the components.

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// NavItem is one entry of a menu.
type NavItem struct {
	Key   string // what Page.Nav names when it is the current one
	Label string
	Icon  string
	URL   string
	Count int
}

// NavGroup are entries of the menu that belong together. One without a label stands open; the others fold, so that a menu
// of many doors stays one that somebody can take in.
type NavGroup struct {
	Label string
	Items []NavItem
}

// holds tells whether the current page is in a group.
func (g NavGroup) holds(key string) bool {
	return slices.ContainsFunc(g.Items, func(i NavItem) bool { return i.Key == key })
}

// count is what waits in a group altogether: a folded group may hide no work.
func (g NavGroup) count() (n int) {
	for _, i := range g.Items {
		n += i.Count
	}
	return n
}

// Frame is what the app puts around the pages of one visitor. An empty address means that there is no such page.
type Frame struct {
	Nav                      []NavGroup
	Tabbar                   []NavItem
	Me, Initials, MeURL      string
	HomeURL                  string
	SearchURL, RecordURL     string
	HintsURL                 string // answers the search box while somebody types
	BellURL                  string
	Bell                     int
	SignOutURL, SignOutLabel string
	LangURL, HideURL         string
	AskURL                   string                      // where a refugee asks, from every page of their own
	Aloud                    func(part string) Recording // what is read aloud; nil: nothing
	Glossary                 Glossary                    // hard words that the pages of a refugee explain
	Demo                     bool
	KeysOff                  bool // single-letter shortcuts are switched off
	Size                     string
	Top                      templ.Component // stands above the content of every page of staff; nil is nothing
}

type frameKey struct{}

// WithFrame puts a frame into a context.
func WithFrame(ctx context.Context, f Frame) context.Context {
	return context.WithValue(ctx, frameKey{}, f)
}

func frame(ctx context.Context) Frame {
	f, _ := ctx.Value(frameKey{}).(Frame)
	return f
}

// Page is what a shell needs from a page.
type Page struct {
	Title   string
	Nav     string // key of the current menu entry
	Errors  fault.Fields
	Refresh int    // seconds after which the page asks for itself again; 0 means never
	Renew   string // address from which the script renews the pieces marked data-fresh; empty means never
	NoAsk   bool   // without Frame.AskURL: the page is about asking itself
	NoWords bool   // without Frame.Glossary: the page explains its own words
	NoTop   bool   // without Frame.Top: the page of a fault says the same at every moment
}

func (p Page) title(ctx context.Context) string {
	t := p.Title + " – Reisgezel"
	if len(p.Errors) > 0 {
		t = lang.T(ctx, "ui.error.prefix") + " " + t
	}
	return t
}

// said is the message that the page before sent along after a redirect: a text key, never a text.
func said(ctx context.Context) string {
	key := web.From(ctx).R.URL.Query().Get("gezegd")
	if strings.Contains(key, ".said.") && lang.Has(ctx, key) {
		return lang.T(ctx, key)
	}
	return ""
}

// Panel is what a capability lends to a page that gathers, such as Vandaag.
type Panel struct {
	Place string // "today", "today.aside"
	Order int
	Show  func(v *web.Visit) (Part, error)
}

// Part is what a panel shows this visitor now.
type Part struct {
	Say   string          // a clause for the one sentence on top, in the visitor's language
	Body  templ.Component // nil: nothing to show
	Count int
}

// F is one form field.
type F struct {
	Name, Label, Hint, Value string
	Type                     string // text when empty
	Autocomplete, InputMode  string
	Class                    string
	Max                      int
	Rows                     int
	Optional                 bool
	Err                      *fault.Field
	Suggest                  string // address that answers suggestions while typing
}

// RecorderP is a field for a recording, whose label and hint are for who has no script. Speak is on the button that records, Stop is on
// it meanwhile, Refused is said when the microphone may not be used. Done is said when the recording waits in the form; without it
// the form is sent at once.
type RecorderP struct {
	F
	Speak, Stop, Refused, Done string
}

// recordMost is how many seconds the pages record at most.
const recordMost = 300

func (p RecorderP) stays() templ.Attributes {
	if p.Done == "" {
		return nil
	}
	return templ.Attributes{"data-done": p.Done}
}

// ID is the id of the field, to which the summary of errors links.
func (f F) ID() string { return "f-" + f.Name }

func (f F) described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID()+"-h")
	}
	if f.Err != nil {
		ids = append(ids, f.ID()+"-e")
	}
	return strings.Join(ids, " ")
}

func (f F) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// Option is one choice.
type Option struct {
	Value, Label, Hint, Icon string
}

// Options are choices whose words stand under a prefix: "contact.topic." and the value.
func Options(ctx context.Context, prefix string, values []string) []Option {
	out := make([]Option, len(values))
	for i, x := range values {
		out[i] = Option{Value: x, Label: lang.T(ctx, prefix+x)}
	}
	return out
}

// Group is a question with choices. Values holds what is chosen.
type Group struct {
	Name, Label, Hint string
	Options           []Option
	Values            []string
	Err               *fault.Field
	Many              bool // several may be chosen
	Row               bool // tiles in one row
	Keys              bool // digits choose, in order; the tenth is 0
}

func (g Group) has(v string) bool {
	for _, x := range g.Values {
		if x == v {
			return true
		}
	}
	return false
}

func (g Group) kind() string {
	if g.Many {
		return "checkbox"
	}
	return "radio"
}

// id is the id of the i-th choice; the first is the one the summary of errors links to. Numbers, because letters would
// meet the ids of the hint (-h) and of the fault (-e).
func (g Group) id(i int) string {
	if i == 0 {
		return "f-" + g.Name
	}
	return "f-" + g.Name + "-" + strconv.Itoa(i+1)
}

func (g Group) described() string {
	return F{Name: g.Name, Hint: g.Hint, Err: g.Err}.described()
}

// ErrAt finds the fault at a field.
func ErrAt(fs fault.Fields, name string) *fault.Field {
	for i := range fs {
		if fs[i].Name == name {
			return &fs[i]
		}
	}
	return nil
}

// RowP is one row of a list; the whole row is the link.
type RowP struct {
	Href, Title, Sub string
	Time             string // "11:00", in front
	Due              *DueP  // or how many days are left, in front
	Now              bool   // the row of this moment
	TagKind          string // "", "warn", "danger", "ok", "brand"
	TagIcon, Tag     string
}

// DueP is a countdown.
type DueP struct {
	Days  int
	Until string // the day in words, for who cannot see the block
}

func (d DueP) class() string {
	switch {
	case d.Days <= 3:
		return "due due--3"
	case d.Days <= 7:
		return "due due--2"
	}
	return "due due--1"
}

// FactP is one known thing about somebody.
type FactP struct {
	Label, Value, Small, Icon string
	Tag                       string
	NoWrap                    bool
}

// StepP is one step of a way; State is "done", "now" or "".
type StepP struct {
	Title, Sub, State string
}

// MomentP is one thing that happened.
type MomentP struct {
	Icon, Kind, Title, When, DateTime, By string // Kind: "", "law", "talk", "ok"
	Body                                  templ.Component
}

// TabP is one tab of a page.
type TabP struct {
	Label, URL string
	Current    bool
}

// ConfirmP is a question before an act that others will notice. No leads back without doing it.
type ConfirmP struct {
	Title, Text string
	Yes, URL    string // the act, a POST
	No, NoURL   string
	Danger      bool
}

// VersionP is one of two versions of the same thing.
type VersionP struct {
	Title, By string
	Facts     []FactP
}

// percent is a whole percentage for a progress element.
func percent(done, of int) int {
	if of <= 0 {
		return 0
	}
	return min(100, done*100/of)
}

// partly is the content of a page, and above it a note when much of it is borrowed. That is known only once the content is there.
func partly() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inside := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		if !lang.Young(ctx) {
			return inside.Render(ctx, w)
		}
		var b bytes.Buffer
		if err := inside.Render(ctx, &b); err != nil {
			return err
		}
		if lang.Marked(b.Bytes()) >= partlyLeast {
			if err := partlyNote().Render(ctx, w); err != nil {
				return err
			}
		}
		_, err := w.Write(b.Bytes())
		return err
	})
}

// partlyLeast is how many borrowed texts a page says above its content; of fewer the foot tells, beside each of them its language.
const partlyLeast = 3
