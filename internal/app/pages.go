package app

// This file holds the few doors that belong to no capability: the front door, health, and the menu of a phone.

import (
	"net/http"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/web"
)

var (
	mayFront       = access.Rule{Action: "app.front", Need: access.Free, Why: "app.may.front"}
	mayKept        = access.Rule{Action: "app.kept", Need: access.SignedIn, Why: "app.may.kept"}
	mayKeptOwn     = access.Rule{Action: "app.kept_own", Need: access.BySelf, Why: "app.may.kept_own"}
	mayKeptOutside = access.Rule{Action: "app.kept_outside", Need: access.ByOutside, Why: "app.may.kept_outside"}
	mayMore        = access.Rule{Action: "app.more", Need: access.SignedIn, Why: "app.may.more"}
)

func rules() []access.Rule {
	return []access.Rule{mayFront, mayKept, mayKeptOwn, mayKeptOutside, mayMore}
}

func (h *House) ownRoutes() []web.Route {
	return []web.Route{
		{Name: "app.front", Method: http.MethodGet, Path: "/{$}", May: mayFront, Do: h.front},
		{Name: "app.health", Method: http.MethodGet, Path: "/gezondheid", May: mayFront, Do: h.health},
		{Name: "app.more", Method: http.MethodGet, Path: "/meer", May: mayMore, Do: h.more},
		{Name: "app.kept", Method: http.MethodGet, Path: "/verder/{form}", May: mayKept, Do: h.kept},
		{Name: "app.kept_own", Method: http.MethodGet, Path: "/mijn/verder/{form}", May: mayKeptOwn, Do: h.kept},
		{Name: "app.kept_outside", Method: http.MethodGet, Path: "/advocaat/verder/{form}", May: mayKeptOutside, Do: h.kept},
	}
}

// front sends everybody to their own first page.
func (h *House) front(v *web.Visit) error {
	switch {
	case v.Actor.Kind == access.IsSelf:
		return v.Go("portal.home")
	case v.Actor.Kind == access.Outside:
		return v.Go("counsel.clients")
	case v.Actor.Kind == access.Staff && len(v.Actor.Posts) > 0:
		return v.Go("today")
	case v.Actor.Kind == access.Staff:
		return v.Go("account.mine")
	}
	return v.Go("account.signin")
}

// health tells a watcher whether the house can write, and whether names are found as they are heard already. It says
// nothing about what is in it.
func (h *House) health(v *web.Visit) error {
	if err := h.DB.Check(v.Ctx()); err != nil {
		return err
	}
	if err := h.KeysDB.Check(v.Ctx()); err != nil {
		return err
	}
	names := "names: not yet\n"
	if h.Files.Heard() {
		names = "names: ready\n"
	}
	return v.Text(http.StatusOK, "ok\n"+names)
}

func (h *House) more(v *web.Visit) error {
	return v.Page(pageMore(h.menu(v, nil)))
}

// kept shows that a form was not written because its sender had been signed out, and offers to send it after all.
func (h *House) kept(v *web.Visit) error {
	k, err := v.Kept(v.Param("form"))
	if err != nil {
		return err
	}
	return v.Page(pageKept(k))
}
