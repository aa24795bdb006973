// Package fault is how this program says that something went wrong: a small set of kinds, a text key that a
// person may read, and a cause that only the log sees. One place (web) turns a fault into a page.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what went wrong in a way that a caller can act on.
type Kind uint8

// The kinds. The zero value is Internal: an error nobody classified must never look harmless.
const (
	Internal    Kind = iota // a bug or a broken machine: the visitor sees a neutral page, the log the cause
	NotFound                // absent, or not to be known: the two must look the same, byte for byte
	Denied                  // signed in, the page exists for everyone, but this role may not do this
	SignIn                  // a sign-in is needed first
	Invalid                 // the input has faults, at fields
	Conflict                // somebody else changed the same thing
	Unsure                  // the commit may or may not have happened; repeating with the same key is safe
	TooMany                 // a rate limit; try again later
	Unavailable             // the database, the disk or the key store cannot serve now
)

var names = [...]string{"internal", "not-found", "denied", "sign-in", "invalid", "conflict", "unsure", "too-many", "unavailable"}

func (k Kind) String() string { return names[k] }

// Field is one fault at one form field. Key is a text key; Args fill its placeholders.
type Field struct {
	Name string
	Key  string
	Args []any
}

// Fault is the one error type of this program.
type Fault struct {
	Kind   Kind
	Key    string // text key for the visitor; empty means the kind's own text
	Args   []any
	Fields []Field // for Invalid: all faults at once
	Cause  error   // for the log, never for the visitor
}

func (f *Fault) Error() string {
	s := f.Kind.String()
	if f.Key != "" {
		s += " " + f.Key
	}
	for _, x := range f.Fields {
		s += " " + x.Name + "=" + x.Key
	}
	if f.Cause != nil {
		s += ": " + f.Cause.Error()
	}
	return s
}

func (f *Fault) Unwrap() error { return f.Cause }

// New makes a fault with a text key and the arguments of its placeholders (name, value, name, value, …).
func New(k Kind, key string, args ...any) error { return &Fault{Kind: k, Key: key, Args: args} }

// Wrap gives an error a kind and the act during which it happened. A fault keeps the kind it has.
func Wrap(k Kind, act string, err error) error {
	if err == nil {
		return nil
	}
	if f := (*Fault)(nil); errors.As(err, &f) {
		return fmt.Errorf("%s: %w", act, err)
	}
	return &Fault{Kind: k, Cause: fmt.Errorf("%s: %w", act, err)}
}

// Gone is the answer for what is absent and for what may not be known.
func Gone() error { return &Fault{Kind: NotFound} }

// KindOf finds the kind of an error; an error nobody classified is Internal.
func KindOf(err error) Kind {
	if f := (*Fault)(nil); errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

// Is says whether an error is of this kind.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// As finds the fault inside an error, or makes an Internal one of it.
func As(err error) *Fault {
	if f := (*Fault)(nil); errors.As(err, &f) {
		return f
	}
	return &Fault{Kind: Internal, Cause: err}
}

// Fields gathers the faults of one form, so that the visitor sees all of them at once.
type Fields []Field

// Add notes a fault at a field.
func (fs *Fields) Add(name, key string, args ...any) {
	*fs = append(*fs, Field{Name: name, Key: key, Args: args})
}

// Address notes a fault at a field where somebody wrote something that is no address of a page. Nothing is no fault.
func (fs *Fields) Address(name, key, s string) {
	if s != "" && !GoodAddress(s) {
		fs.Add(name, key)
	}
}

// GoodAddress says whether what somebody wrote can be a link on a page: https, of a length that a page bears, with nothing in it that
// would end the link.
func GoodAddress(s string) bool {
	return strings.HasPrefix(s, "https://") && len(s) > 10 && len(s) <= 500 && !strings.ContainsAny(s, " \"<>\\\r\n\t")
}

// Err is nil when no fault was added.
func (fs Fields) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Fields: fs}
}
