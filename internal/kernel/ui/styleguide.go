package ui

// This file is the styleguide: every component in Dutch and in Arabic on one page, to look at after a change.

import (
	"net/http"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/web"
)

type guideText struct{ Save, Back, Undo, Tag, Name, Sentence string }

var guideWords = map[string]guideText{
	"nl": {"Opslaan", "Terug", "Ongedaan maken", "bezig", "Voorbeeld", "Een korte zin, zoals hij op een pagina staat."},
	"ar": {"حفظ", "رجوع", "تراجع", "جارٍ", "مثال", "جملة قصيرة كما تظهر في الصفحة."},
}

// Routes is the door of the styleguide.
func Routes() []web.Route {
	return []web.Route{{Name: "ui.styleguide", Method: http.MethodGet, Path: "/stijlgids", May: access.Rule{Action: "ui.styleguide", Need: access.SignedIn, Why: "ui.may.styleguide"},
		Do: func(v *web.Visit) error { return v.Page(pageStyleguide()) }}}
}
