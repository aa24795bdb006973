package account

// This file is the front door of a demonstration: one press, and a visitor is one of its invented colleagues, or an invented lawyer.

import (
	"slices"

	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// demoAccount is one invented colleague on the sign-in page; About is the text key of what they do.
type demoAccount struct{ ID, Name, About string }

// DemoLawyer is the lawyer of a demonstration, who is no colleague.
const DemoLawyer = "o-voorbeeld"

var demoAccounts = []demoAccount{
	{"u-ria", "Ria de Boer", "account.demo.ria"},
	{"u-amira", "Amira Haddad", "account.demo.amira"},
	{"u-marwan", "Marwan Saleh", "account.demo.marwan"},
	{"u-noor", "Noor Visser", "account.demo.noor"},
	{"u-els", "Els Bakker", "account.demo.els"},
	{"u-pieter", "Pieter Smit", "account.demo.pieter"},
	{"u-beheer", "Fatma Yilmaz", "account.demo.beheer"},
	{"u-jan", "Jan Mulder", "account.demo.jan"},
	{"u-deniz", "Deniz Kaya", "account.demo.deniz"},
	{DemoLawyer, "mr. A. Voorbeeld", "account.demo.voorbeeld"},
	{"u-tijs", "Tijs van Dam", "account.demo.tijs"},
}

func (a *Accounts) demoSignIn(v *web.Visit) error {
	who := v.Value("wie")
	if !slices.ContainsFunc(demoAccounts, func(d demoAccount) bool { return d.ID == who }) {
		return fault.Gone()
	}
	if _, err := a.owned(v.Ctx(), who); err != nil {
		return err
	}
	return a.whole(v, who, next(v))
}
