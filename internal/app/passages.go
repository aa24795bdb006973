package app

// This file says which parts of a refugee's pages can be read aloud: the words that stand there for everybody, in their order.

import "reisgezel/internal/translation"

var passages = []translation.Passage{
	{ID: "signin", Keys: []string{"portal.signin", "portal.code", "portal.code.hint", "portal.nocard", "portal.independent"}},
	{ID: "come", Keys: []string{"portal.question", "portal.question.text"}},
	{ID: "looks", Keys: []string{"portal.looks", "portal.looks.text", "portal.independent"}},
	{ID: "facts", Keys: []string{"portal.facts", "portal.facts.text"}},
	{ID: "home", Keys: []string{"question.home", "question.home.text"}},
	{ID: "ask", Keys: []string{"question.ask", "question.text", "question.text.hint", "question.photo", "question.photo.hint"}},
	{ID: "letters", Keys: []string{"question.letters", "question.letters.lead", "question.photo.hint"}},
	{ID: "consents", Keys: []string{"consent.title", "consent.lead"}},
	{ID: "rights", Keys: []string{"rights.mine", "rights.mine.lead", "rights.kind.copy", "rights.about.copy", "rights.paper", "rights.paper.lead", "rights.kind.correct", "rights.about.correct",
		"rights.kind.less", "rights.about.less", "rights.kind.erase", "rights.about.erase", "rights.kind.object", "rights.about.object", "rights.same"}},
	{ID: "copy", Keys: []string{"rights.copy", "rights.about.copy", "rights.copy.care", "rights.copy.care.text"}},
	{ID: "hide", Keys: []string{"portal.hide", "portal.hide.text"}},
}
