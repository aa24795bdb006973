package information

// This file holds what a text is: its words by language, how sure we are of each, and what must be right before it is kept.

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
)

// Theme is a part of life under which a text is found. Its ID stands in addresses and so is a Dutch word.
type Theme struct{ ID, Icon string }

// Themes are all themes, in the order in which they are shown.
var Themes = []Theme{
	{"asiel", "scales"}, {"rechten", "shield-check"}, {"gezondheid", "first-aid-kit"}, {"school", "book-open"},
	{"gezin", "users"}, {"wonen", "house"}, {"werk", "briefcase"}, {"geld", "coins"},
}

// ThemeOf finds a theme.
func ThemeOf(id string) (Theme, bool) {
	i := slices.IndexFunc(Themes, func(t Theme) bool { return t.ID == id })
	if i < 0 {
		return Theme{}, false
	}
	return Themes[i], true
}

// Words are a text in one language. Of is the mark of the Dutch text it was made from; By is the colleague who vouches that
// somebody who reads the language has checked it, and is empty when a machine made it and nobody did.
type Words struct {
	Title string `json:"title"`
	Text  string `json:"text"`
	Of    string `json:"of,omitempty"`
	By    string `json:"by,omitempty"`
}

// Mark tells one wording from another.
func (w Words) Mark() string {
	h := sha256.Sum256([]byte(w.Title + "\x00" + w.Text))
	return hex.EncodeToString(h[:8])
}

func (w Words) same(x Words) bool { return w.Title == x.Title && w.Text == x.Text }

// Source is where what a text says was read, and when. Copied says that a kept copy was read and not the page itself, which
// nobody has checked since; Dated is the day that stands on that copy, zero when none does.
type Source struct {
	Name   string     `json:"name"`
	URL    string     `json:"url"`
	Read   clock.Date `json:"read"`
	Copied bool       `json:"copied,omitempty"`
	Dated  clock.Date `json:"dated,omitzero"`
}

// Article is a text that answers one question. Public is the version on the site, zero when none is; Version is the newest.
type Article struct {
	ID, Theme, Slug, Team string
	Public, Version       int64
	Closed                bool
}

// Shown says whether a version is on the site.
func (a Article) Shown() bool { return a.Public > 0 && !a.Closed }

// Version is one version of a text. Passed is when a second colleague agreed to it.
type Version struct {
	Article  string
	Version  int64
	At       time.Time
	MadeBy   string
	Passed   time.Time
	PassedBy string
	Body     []byte `db:"body"`
	Content  `db:"-"`
}

// Content is what a version says.
type Content struct {
	Words  map[string]Words `json:"words"`
	Source Source           `json:"source"`
	For    []string         `json:"for,omitempty"` // the situations of people it is most useful to
}

// StateOf says how sure we are of the words in a language; the empty state when there are none.
func (c Content) StateOf(tag string) lang.State {
	w, ok := c.Words[tag]
	switch {
	case !ok:
		return ""
	case tag == "nl":
		return lang.Checked
	case w.Of != c.Words["nl"].Mark():
		return lang.Outdated
	case w.By == "":
		return lang.Machine
	}
	return lang.Checked
}

// In are the words in a language, or those that stand in for it, and the language they are in.
func (c Content) In(tag string) (Words, string) {
	for _, t := range []string{tag, lang.Find(tag).Base} {
		if w, ok := c.Words[t]; ok {
			return w, t
		}
	}
	return c.Words["nl"], "nl"
}

// Block is a paragraph, or a list when it has items.
type Block struct {
	Text  string
	Items []string
}

// Blocks reads a text as it was typed: an empty line ends a paragraph, a line that begins with "- " is an item of a list.
func Blocks(text string) []Block {
	var out []Block
	open := false // the last paragraph goes on
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		item, isItem := strings.CutPrefix(line, "- ")
		last := len(out) - 1
		switch {
		case line == "":
			open = false
		case isItem && open && len(out[last].Items) > 0:
			out[last].Items = append(out[last].Items, item)
		case isItem:
			out, open = append(out, Block{Items: []string{item}}), true
		case open && len(out[last].Items) == 0:
			out[last].Text += " " + line
		default:
			out, open = append(out, Block{Text: line}), true
		}
	}
	return out
}

// Piece is a part of a line: words, or a telephone number.
type Piece struct {
	Text   string
	Number bool
}

// number is how telephone numbers stand in a text: 112, or ten digits from 0 with spaces or a stroke between. A shorter row of
// digits is a year or an amount.
var number = regexp.MustCompile(`\b(?:112|0(?:[ -]?[0-9]){9})\b`)

// Pieces takes the telephone numbers out of a line.
func Pieces(text string) []Piece {
	var out []Piece
	from := 0
	for _, at := range number.FindAllStringIndex(text, -1) {
		if at[0] > from {
			out = append(out, Piece{Text: text[from:at[0]]})
		}
		out, from = append(out, Piece{text[at[0]:at[1]], true}), at[1]
	}
	if from < len(text) {
		out = append(out, Piece{Text: text[from:]})
	}
	return out
}

// Slug makes an address of a title: letters and digits with strokes between, at most sixty signs.
func Slug(title string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(title)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 0x300 && r < 0x370: // an accent of the letter before it
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	if len(s) > 60 {
		s = s[:60]
	}
	return strings.Trim(s, "-")
}

// The longest that may be typed.
const (
	mostTitle  = 120
	mostText   = 6000
	mostSource = 200
)

// Input is what the form of a text says. Checked are the languages of which the writer vouches for the words.
type Input struct {
	Theme, Team                   string
	From                          int64 // the version that was on the form
	Words                         map[string]Words
	Checked                       map[string]bool
	SourceName, SourceURL, ReadOn string
	Seen                          bool // the writer read the page itself
	For                           []string
}

// Check names all faults at once, and gives the content as it is to be kept.
//
// A translation that was left as it was while the Dutch changed stays of the Dutch text it was made from, whoever vouched for
// it before: so it shows as outdated until somebody looks at it again, which is a change of the words, or a tick on a later form.
func (in Input) Check(before Content, teams []string, by string, today clock.Date) (Content, fault.Fields) {
	var fs fault.Fields
	if _, ok := ThemeOf(in.Theme); !ok {
		fs.Add("thema", "information.error.theme")
	}
	if !slices.Contains(teams, in.Team) {
		fs.Add("team", "information.error.team")
	}
	out := Content{Words: map[string]Words{}}
	for _, s := range Situations { // those that exist, each once
		if slices.Contains(in.For, s) {
			out.For = append(out.For, s)
		}
	}
	for _, l := range lang.All {
		w := in.Words[l.Tag]
		w = Words{Title: tidy(w.Title), Text: tidy(w.Text)}
		if w.Title == "" && w.Text == "" && l.Tag != "nl" {
			continue
		}
		checkWord(&fs, "titel-"+l.Tag, w.Title, mostTitle, "information.error.title")
		checkWord(&fs, "tekst-"+l.Tag, w.Text, mostText, "information.error.text")
		out.Words[l.Tag] = w
	}
	if len(fs) == 0 && Slug(out.Words["nl"].Title) == "" {
		fs.Add("titel-nl", "information.error.slug")
	}
	dutch := out.Words["nl"].Mark()
	for tag, w := range out.Words {
		if tag == "nl" {
			continue
		}
		old := before.Words[tag]
		switch ticked := in.Checked[tag]; {
		case !w.same(old):
			w.Of = dutch
			if ticked {
				w.By = by
			}
		case before.Words["nl"].Mark() != dutch:
			w.Of, w.By = old.Of, old.By
		case ticked && before.StateOf(tag) == lang.Checked:
			w.Of, w.By = old.Of, old.By
		case ticked:
			w.Of, w.By = dutch, by
		default:
			w.Of = old.Of
		}
		out.Words[tag] = w
	}
	checkWord(&fs, "bron", in.SourceName, mostSource, "information.error.source")
	out.Source.Name = tidy(in.SourceName)
	out.Source.URL = strings.TrimSpace(in.SourceURL)
	if u, err := url.Parse(out.Source.URL); err != nil || u.Scheme != "https" || !strings.Contains(u.Host, ".") || u.User != nil || len(out.Source.URL) > mostSource {
		fs.Add("adres", "information.error.url")
	}
	day, err := clock.ParseDate(strings.TrimSpace(in.ReadOn))
	if err != nil || day.After(today) {
		fs.Add("gelezen", "information.error.read")
	}
	out.Source.Read = day
	if was := before.Source; was.Copied && out.Source.URL == was.URL && !in.Seen {
		out.Source.Copied, out.Source.Dated = true, was.Dated
	}
	return out, fs
}

func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func checkWord(fs *fault.Fields, field, text string, most int, missing string) {
	switch n := utf8.RuneCountInString(text); {
	case text == "":
		fs.Add(field, missing)
	case n > most:
		fs.Add(field, "information.error.long", "n", n, "most", most)
	case privacy.HasBSN(text):
		fs.Add(field, "information.error.bsn")
	}
}
