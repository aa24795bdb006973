package oversight

// This file holds the page Wie mag wat: every rule of the house, as it is asked at the doors. It is made from the same
// table, so it cannot tell something else than what happens.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type mayPage struct {
	Role  access.Role // only what this role may do; empty: everything
	Rooms []mayRoom
}

type mayRoom struct {
	Key, Title string
	Rules      []mayRow
}

type mayRow struct {
	What, Who, File string
}

func (o *Oversight) whoMay(v *web.Visit) error {
	p := mayPage{Role: access.Role(v.Value("rol"))}
	if !slices.Contains(access.Roles, p.Role) {
		p.Role = ""
	}
	p.Rooms = rooms(v.Ctx(), o.rules, p.Role)
	return v.Page(pageMay(p))
}

// rooms orders the rules by capability; a rule that stands at several doors is told once. Nothing is left out: a rule
// without words shows its name.
func rooms(ctx context.Context, rules []access.Rule, role access.Role) []mayRoom {
	var out []mayRoom
	at := map[string]int{}
	seen := map[string]bool{}
	for _, r := range rules {
		key := fmt.Sprintf("%+v", r)
		if seen[key] || (role != "" && !allows(r, role)) {
			continue
		}
		seen[key] = true
		room, _, _ := strings.Cut(string(r.Action), ".")
		i, ok := at[room]
		if !ok {
			i = len(out)
			at[room] = i
			title := room
			if key := "oversight.room." + room; lang.Has(ctx, key) {
				title = lang.T(ctx, key)
			}
			out = append(out, mayRoom{Key: room, Title: title})
		}
		out[i].Rules = append(out[i].Rules, mayRow{What: what(ctx, r), Who: who(ctx, r), File: file(ctx, r)})
	}
	return out
}

func what(ctx context.Context, r access.Rule) string {
	if r.Why == "" {
		return string(r.Action)
	}
	return lang.T(ctx, r.Why)
}

// allows asks the rule itself, as the door does.
func allows(r access.Rule, role access.Role) bool {
	return r.Allows(access.Actor{Kind: access.Staff, ID: "x", Posts: []access.Post{{Role: role}}})
}

// who is who may come through the door, in words.
func who(ctx context.Context, r access.Rule) string {
	switch r.Need {
	case access.Free:
		return lang.T(ctx, "oversight.who.free")
	case access.BySelf:
		return lang.T(ctx, "oversight.who.self")
	case access.SignedIn:
		return lang.T(ctx, "oversight.who.staff")
	}
	var names []string
	for _, role := range access.Roles {
		if slices.Contains(r.Roles, role) {
			names = append(names, lang.T(ctx, "oversight.role."+string(role)))
		}
	}
	if r.Need == access.ByFile && len(names) == 0 || len(names) == len(access.Roles) {
		return lang.T(ctx, "oversight.who.staff")
	}
	if len(names) == 0 {
		return lang.T(ctx, "oversight.who.nobody")
	}
	return lang.Capital(strings.Join(names, ", "))
}

// file is what is asked besides, once somebody is through the door.
func file(ctx context.Context, r access.Rule) string {
	switch {
	case r.Need != access.ByFile && r.Level == 0:
		return ""
	case r.Level >= access.File:
		return lang.T(ctx, "oversight.file.whole")
	case r.Level == access.Note:
		return lang.T(ctx, "oversight.file.note")
	}
	return lang.T(ctx, "oversight.file.desk")
}
