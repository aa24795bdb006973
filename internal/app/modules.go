package app

// This file is the table of contents: every capability, and what it brings. Reading it is reading the system.

import (
	"embed"
	"net/http"
	"slices"

	"reisgezel/internal/account"
	"reisgezel/internal/advocacy"
	"reisgezel/internal/alarm"
	"reisgezel/internal/briefing"
	"reisgezel/internal/care"
	"reisgezel/internal/consent"
	"reisgezel/internal/contact"
	"reisgezel/internal/counsel"
	"reisgezel/internal/dossier"
	"reisgezel/internal/evidence"
	"reisgezel/internal/family"
	"reisgezel/internal/feedback"
	"reisgezel/internal/handover"
	"reisgezel/internal/identity"
	"reisgezel/internal/information"
	"reisgezel/internal/ingest"
	"reisgezel/internal/interview"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/post"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/knelpunt"
	"reisgezel/internal/litigation"
	"reisgezel/internal/monitor"
	"reisgezel/internal/organisation"
	"reisgezel/internal/oversight"
	"reisgezel/internal/pilot"
	"reisgezel/internal/portal"
	"reisgezel/internal/procedure"
	"reisgezel/internal/question"
	"reisgezel/internal/residence"
	"reisgezel/internal/rights"
	"reisgezel/internal/today"
	"reisgezel/internal/translation"
)

//go:embed text/*.json
var texts embed.FS

// modules are the capabilities of this house.
type modules struct {
	Organisation *organisation.Store
	Account      *account.Accounts
	Files        *dossier.Files
	Consent      *consent.Consents
	Identity     *identity.Identity
	Contact      *contact.Contact
	Counsel      *counsel.Counsel
	Procedure    *procedure.Procedure
	Evidence     *evidence.Evidence
	Briefing     *briefing.Briefing
	Interview    *interview.Interviews
	Family       *family.Families
	Alarm        *alarm.Alarms
	Residence    *residence.Residence
	Care         *care.Care
	Handover     *handover.Handover
	Rights       *rights.Rights
	Feedback     *feedback.Feedback
	Knelpunt     *knelpunt.Knelpunten
	Monitor      *monitor.Monitor
	Advocacy     *advocacy.Advocacy
	Litigation   *litigation.Litigation
	Pilot        *pilot.Pilots
	Information  *information.Information
	Translation  *translation.Translation
	Question     *question.Questions
	Post         *post.Outbox
	Portal       *portal.Portal
	Oversight    *oversight.Oversight
	Ingest       *ingest.Ingest
	Today        *today.Today

	doors  map[string]web.Route
	counts counts
}

// schemaLines are the migrations, in the order in which tables lean on each other.
func schemaLines() []db.Line {
	return []db.Line{
		{Name: "web", FS: web.Schema},
		{Name: "access", FS: access.Schema},
		{Name: "audit", FS: audit.Schema},
		{Name: "privacy", FS: privacy.Schema},
		{Name: "post", FS: post.Schema},
		{Name: "organisation", FS: organisation.Schema},
		{Name: "account", FS: account.Schema},
		{Name: "dossier", FS: dossier.Schema},
		{Name: "consent", FS: consent.Schema},
		{Name: "identity", FS: identity.Schema},
		{Name: "contact", FS: contact.Schema},
		{Name: "counsel", FS: counsel.Schema},
		{Name: "procedure", FS: procedure.Schema},
		{Name: "evidence", FS: evidence.Schema},
		{Name: "briefing", FS: briefing.Schema},
		{Name: "interview", FS: interview.Schema},
		{Name: "family", FS: family.Schema},
		{Name: "alarm", FS: alarm.Schema},
		{Name: "residence", FS: residence.Schema},
		{Name: "care", FS: care.Schema},
		{Name: "handover", FS: handover.Schema},
		{Name: "rights", FS: rights.Schema},
		{Name: "feedback", FS: feedback.Schema},
		{Name: "knelpunt", FS: knelpunt.Schema},
		{Name: "monitor", FS: monitor.Schema},
		{Name: "advocacy", FS: advocacy.Schema},
		{Name: "litigation", FS: litigation.Schema},
		{Name: "pilot", FS: pilot.Schema},
		{Name: "information", FS: information.Schema},
		{Name: "translation", FS: translation.Schema},
		{Name: "question", FS: question.Schema},
		{Name: "portal", FS: portal.Schema},
		{Name: "oversight", FS: oversight.Schema},
		{Name: "ingest", FS: ingest.Schema},
	}
}

// textParts are the words.
func textParts() []lang.Part {
	return []lang.Part{
		{Name: "app", FS: texts},
		{Name: "web", FS: web.Texts},
		{Name: "ui", FS: ui.Texts},
		{Name: "organisation", FS: organisation.Texts},
		{Name: "account", FS: account.Texts},
		{Name: "dossier", FS: dossier.Texts},
		{Name: "consent", FS: consent.Texts},
		{Name: "identity", FS: identity.Texts},
		{Name: "contact", FS: contact.Texts},
		{Name: "counsel", FS: counsel.Texts},
		{Name: "procedure", FS: procedure.Texts},
		{Name: "evidence", FS: evidence.Texts},
		{Name: "briefing", FS: briefing.Texts},
		{Name: "interview", FS: interview.Texts},
		{Name: "family", FS: family.Texts},
		{Name: "alarm", FS: alarm.Texts},
		{Name: "residence", FS: residence.Texts},
		{Name: "care", FS: care.Texts},
		{Name: "handover", FS: handover.Texts},
		{Name: "rights", FS: rights.Texts},
		{Name: "feedback", FS: feedback.Texts},
		{Name: "knelpunt", FS: knelpunt.Texts},
		{Name: "monitor", FS: monitor.Texts},
		{Name: "advocacy", FS: advocacy.Texts},
		{Name: "litigation", FS: litigation.Texts},
		{Name: "pilot", FS: pilot.Texts},
		{Name: "information", FS: information.Texts},
		{Name: "translation", FS: translation.Texts},
		{Name: "question", FS: question.Texts},
		{Name: "portal", FS: portal.Texts},
		{Name: "oversight", FS: oversight.Texts},
		{Name: "ingest", FS: ingest.Texts},
		{Name: "today", FS: today.Texts},
	}
}

// rawHandlers need no session.
func rawHandlers() map[string]http.Handler {
	return map[string]http.Handler{"GET /static/": ui.Static()}
}

// assemble makes the capabilities, lower floors first, and hands to each what the others lend.
func (h *House) assemble() error {
	h.Organisation = organisation.New(h.DB)
	h.Account = account.New(h.DB, h.Organisation, h.Vault, account.Options{Demo: h.Settings.Demo, URL: h.Settings.URL, Clients: demoClients})
	h.Files = dossier.New(h.DB, h.Vault, h.Organisation)
	h.Consent = consent.New(h.DB, h.Organisation, h.Files)
	h.Identity = identity.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Contact = contact.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Counsel = counsel.New(h.DB, h.Organisation, h.Files, h.Account)
	h.Procedure = procedure.New(h.DB, h.Organisation, h.Files)
	scanner := evidence.NoScanner
	if h.Settings.Clamd != "" && h.Settings.Clamd != NoClamd {
		scanner = evidence.Clamd(h.Settings.Clamd)
	}
	h.Evidence = evidence.New(h.DB, h.Organisation, h.Files, scanner)
	h.Briefing = briefing.New(h.DB, h.Vault, h.Organisation, h.Files, h.Contact.Busy, h.Procedure.Hearings)
	h.Interview = interview.New(h.DB, h.Organisation, h.Files, h.Procedure.WorkingDay, h.Procedure.Events())
	h.Family = family.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Alarm = alarm.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Alarm.Lend(h.Counsel.Lawyers, h.Procedure.Danger)
	h.Residence = residence.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Care = care.New(h.DB, h.Organisation, h.Files)
	h.Handover = handover.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Rights = rights.New(h.DB, h.Vault, h.Organisation, h.Files, h.Procedure.WorkingDay)
	h.Rights.Lend(h.Keepers, h.Erase)
	h.Feedback = feedback.New(h.DB, h.Vault, h.Organisation, h.Files, h.Procedure.WorkingDay)
	h.Knelpunt = knelpunt.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Monitor = monitor.New(h.DB, h.Vault, h.Organisation, h.counted())
	h.Advocacy = advocacy.New(h.DB, h.Vault, h.Organisation, advocacy.Bottlenecks{Rows: h.Knelpunt.Rows, Choices: h.Knelpunt.Choices})
	h.Advocacy.LendChanges(func(v *web.Visit, dossier string) ([]ui.RowP, error) {
		return h.Monitor.Changes(v, monitor.OfDossier, dossier)
	})
	h.Procedure.LendPolicy(func(v *web.Visit, ids ...string) ([]ui.RowP, error) {
		return h.Monitor.Changes(v, monitor.OfRule, ids...)
	})
	h.Litigation = litigation.New(h.DB, h.Vault, h.Organisation, h.lendLitigation())
	h.Pilot = pilot.New(h.DB, h.Vault, h.Organisation, pilot.Lent{Rows: h.Knelpunt.Rows, Choices: h.Knelpunt.Choices, Named: h.Advocacy.Named})
	h.Knelpunt.LendHolidays(holiday)
	h.Knelpunt.LendWarned(knelpunt.Warned{Rows: h.Monitor.Beside, Begun: h.Monitor.Begun})
	h.Knelpunt.LendBeside(knelpunt.Beside{Rows: h.Advocacy.Beside, Begin: h.Advocacy.Begin}, knelpunt.Beside{Rows: h.Litigation.Beside, Begin: h.Litigation.Begin},
		knelpunt.Beside{Rows: h.Pilot.Beside, Begin: h.Pilot.Begin})
	h.Information = information.New(h.DB, h.Vault, h.Organisation, h.Files, holiday)
	h.Information.LendHearings(h.Procedure.Hearings)
	h.Translation = translation.New(h.DB, h.Organisation, h.Texts)
	h.Translation.LendPassages(passages)
	h.Question = question.New(h.DB, h.Organisation, h.Files, h.Procedure.WorkingDay)
	h.Question.Lend(question.Lent{Clean: scanner, Picture: h.letterPicture})
	if h.Post = post.Show(h.DB, h.Vault, h.Log); !h.Settings.Demo {
		var carry post.Carry
		if h.Settings.SMS != "" {
			var err error
			if carry, err = post.Carrier(h.Settings.SMS); err != nil {
				return err
			}
		}
		h.Post = post.New(h.DB, h.Vault, carry, h.Log)
	}
	h.Portal = portal.New(h.DB, h.Vault, h.Organisation, h.Files, h.Post)
	h.Portal.LendPeople(h.Counsel.Lawyers, holiday)
	h.Portal.LendWords(h.Texts, h.Settings.URL)
	appointments := dossier.ComingPart("appointments", h.Contact.Coming, h.Interview.Coming, h.Briefing.Coming)
	h.Portal.LendCopy(h.Procedure.Plan(), appointments)
	h.Question.LendNews(h.Portal.News(portal.NewAnswer))
	h.Contact.LendNews(h.Portal.News(portal.NewAppointment))
	h.Interview.LendNews(h.Portal.News(portal.NewAppointment))
	h.Briefing.LendNews(h.Portal.News(portal.NewAppointment))
	h.Procedure.LendNews(h.Portal.News(portal.NewDeadline), h.Portal.News(portal.NewTurn))
	h.Evidence.LendNews(h.Portal.News(portal.NewPaper))
	h.Files.LendNews(h.Portal.News(portal.NewHelper))
	h.Rights.LendNews(h.Portal.News(portal.NewOutcome))
	h.Feedback.LendClean(scanner)
	h.Feedback.LendNews(h.Portal.News(portal.NewOutcome))
	h.Oversight = oversight.New(h.DB, h.Vault, h.Organisation, h.Files)
	h.Ingest = ingest.New(h.DB, h.Vault, h.Organisation, h.Files, ingest.Apart{Subject: residence.VaultSubject, Receive: h.Residence.Receive, TakeOut: h.Residence.Keeper().Erase})

	h.Files.Lend(
		slices.Concat(
			h.Alarm.FilePanels(),
			h.Oversight.FilePanels(),
			h.Identity.FilePanels(),
			h.Procedure.FilePanels(),
			h.Evidence.FilePanels(),
			h.Briefing.FilePanels(),
			h.Interview.FilePanels(),
			h.Residence.FilePanels(),
			h.Care.FilePanels(),
			h.Contact.FilePanels(),
			h.Consent.FilePanels(),
			h.Family.FilePanels(),
			h.Counsel.FilePanels(),
			h.Handover.FilePanels(),
			h.Rights.FilePanels(),
			h.Feedback.FilePanels(),
			h.Knelpunt.FilePanels(),
			h.Files.ToldPanels(),
			h.Information.FilePanels(),
			h.Question.FilePanels(),
		),
		[]dossier.Source{h.Contact.Source, h.Procedure.Timeline, h.Briefing.Source, h.Interview.Source, h.Alarm.Source, h.Handover.Source, h.Residence.Source, h.Question.Source, h.Files.Receipts},
		slices.Concat(
			h.Procedure.Tabs(),
			h.Evidence.Tabs(),
			h.Interview.Tabs(),
			h.Residence.Tabs(),
			h.Care.Tabs(),
			h.Portal.Tabs(),
			h.Oversight.Tabs(),
			h.Contact.Tabs(),
			h.Briefing.Tabs(),
			h.Consent.Tabs(),
			h.Family.Tabs(),
		))
	h.Files.LendOutsiders(h.Account.OutsideNames)
	h.Files.LendAuthors(h.Contact.Authors, h.Procedure.Authors, h.Handover.Authors, h.Residence.Authors, h.Question.Authors)
	h.Files.LendWork(slices.Concat(h.Procedure.Work(), h.Contact.Work(), h.Evidence.Work(), h.Interview.Work(), h.Handover.Work(), h.Question.Work()),
		slices.Concat(h.Contact.Traces(), h.Question.Traces(), h.Alarm.Traces(), h.Rights.Traces(), h.Feedback.Traces()))
	h.Handover.LendCharges(slices.Concat(h.Briefing.Charges(), h.Knelpunt.Charges(), h.Advocacy.Charges(), h.Litigation.Charges(), h.Pilot.Charges()))
	h.Files.LendFinders(slices.Concat(h.Procedure.Finders(), h.Counsel.Finders(), h.Information.Finders(), []dossier.Finder{{Key: "advocacy.list", Find: found(h.Advocacy.Find)}, {Key: "litigation.list", Find: found(h.Litigation.Find)}, {Key: "pilot.list", Find: found(h.Pilot.Find)}, {Key: "app.search.pages", Find: h.findPages}})...)
	h.Files.LendJudge(h.Identity.Judge())
	h.Files.LendLinked(h.Identity.Linked)
	h.Identity.LendCompared(h.Residence.Compared(), h.Family.Compared())
	h.Files.LendKin(family.Related)
	h.Files.LendSignals(h.Knelpunt.Form)
	h.Knelpunt.LendPicture(h.signalPicture)
	h.Files.LendAnswers(h.Knelpunt.Answers, h.Knelpunt.Standing)
	h.Files.LendReopening(h.Knelpunt.Reopening())
	h.Files.LendRaised(map[string]dossier.Raised{"interview": interview.Raised, "residence": residence.Raised})
	h.Files.LendKnows(h.knows()...)
	excerpts := slices.Concat(h.Files.Excerpts(), h.Procedure.Excerpts(), h.Contact.Excerpts(), h.Evidence.Excerpts())
	h.Consent.Lend(excerpts)
	h.Rights.LendPaper(h.Settings.URL, holiday, slices.Concat([]dossier.Excerpt{h.Procedure.Way()}, h.Procedure.Excerpts(), []dossier.Excerpt{appointments, h.Consent.Paper()}))
	h.Family.Lend(h.Procedure.Sponsorship, excerpts)
	h.Consent.LendParties(h.Counsel.Parties)
	h.Counsel.Lend(excerpts, h.Consent.Allowing(), h.Procedure.Events(), h.Procedure.Pressing)
	h.Today = today.New(h.Organisation, slices.Concat(
		h.Alarm.Panels(),
		h.Procedure.Panels(),
		h.Evidence.Panels(),
		h.Interview.Panels(),
		h.Family.Panels(),
		h.Residence.Panels(),
		h.Care.Panels(),
		h.Files.Panels(),
		h.Portal.Panels(),
		h.Identity.Panels(),
		h.Contact.Panels(),
		h.Briefing.Panels(),
		h.Counsel.Panels(),
		h.Consent.Panels(),
		h.Oversight.Panels(),
		h.Handover.Panels(),
		h.Rights.Panels(),
		h.Feedback.Panels(),
		h.Knelpunt.Panels(),
		h.Monitor.Panels(),
		h.Advocacy.Panels(),
		h.Litigation.Panels(),
		h.Pilot.Panels(),
		h.Information.Panels(),
		h.Translation.Panels(),
		h.Question.Panels(),
	))
	h.Oversight.Lend(slices.Concat(
		rules(),
		organisation.Rules(),
		account.Rules(),
		dossier.Rules(),
		consent.Rules(),
		identity.Rules(),
		contact.Rules(),
		counsel.Rules(),
		procedure.Rules(),
		evidence.Rules(),
		briefing.Rules(),
		interview.Rules(),
		family.Rules(),
		alarm.Rules(),
		residence.Rules(),
		care.Rules(),
		handover.Rules(),
		rights.Rules(),
		feedback.Rules(),
		knelpunt.Rules(),
		monitor.Rules(),
		advocacy.Rules(),
		litigation.Rules(),
		pilot.Rules(),
		information.Rules(),
		question.Rules(),
		translation.Rules(),
		portal.Rules(),
		oversight.Rules(),
		ingest.Rules(),
		today.Rules(),
	), h.keeps())

	h.jobs = slices.Concat(
		[]web.Job{web.Sweep(h.DB), web.Upkeep(h.DB)},
		h.Account.Jobs(),
		h.Files.Jobs(),
		h.Identity.Jobs(),
		h.Contact.Jobs(),
		h.Procedure.Jobs(),
		h.Evidence.Jobs(),
		h.Briefing.Jobs(),
		h.Alarm.Jobs(),
		h.Handover.Jobs(),
		h.Rights.Jobs(),
		h.Feedback.Jobs(),
		h.Knelpunt.Jobs(),
		h.Monitor.Jobs(),
		h.Information.Jobs(),
		h.Question.Jobs(),
		h.Portal.Jobs(),
		h.Oversight.Jobs(),
		h.Ingest.Jobs(),
	)
	h.slow = slices.Concat(h.Identity.SlowJobs(), h.Procedure.SlowJobs())
	h.doors = map[string]web.Route{}
	for _, r := range h.routes() {
		h.doors[r.Name] = r
	}
	h.Translation.Lend(func(route string) (web.Route, bool) { r, ok := h.doors[route]; return r, ok })
	return nil
}

// routes are all doors.
func (h *House) routes() []web.Route {
	return slices.Concat(
		h.ownRoutes(),
		h.Organisation.Routes(),
		h.Account.Routes(),
		h.Today.Routes(),
		h.Files.Routes(),
		h.Consent.Routes(),
		h.Contact.Routes(),
		h.Counsel.Routes(),
		h.Identity.Routes(),
		h.Procedure.Routes(),
		h.Evidence.Routes(),
		h.Briefing.Routes(),
		h.Interview.Routes(),
		h.Family.Routes(),
		h.Alarm.Routes(),
		h.Residence.Routes(),
		h.Care.Routes(),
		h.Handover.Routes(),
		h.Rights.Routes(),
		h.Feedback.Routes(),
		h.Knelpunt.Routes(),
		h.Monitor.Routes(),
		h.Advocacy.Routes(),
		h.Litigation.Routes(),
		h.Pilot.Routes(),
		h.Information.Routes(),
		h.Question.Routes(),
		h.Translation.Routes(),
		h.Portal.Routes(),
		h.Oversight.Routes(),
		h.Ingest.Routes(),
		ui.Routes(),
	)
}

// keeps is how long everything about people is kept.
func (h *House) keeps() []privacy.Class {
	var out []privacy.Class
	for _, k := range h.Keepers() {
		out = append(out, k.Keeps...)
	}
	return out
}

// Keepers answer when a person asks for everything, or to be forgotten.
func (h *House) Keepers() []privacy.Keeper {
	return []privacy.Keeper{
		h.Files.Keeper(),
		h.Consent.Keeper(),
		h.Identity.Keeper(),
		h.Contact.Keeper(),
		h.Counsel.Keeper(),
		h.Procedure.Keeper(),
		h.Evidence.Keeper(),
		h.Briefing.Keeper(),
		h.Interview.Keeper(),
		h.Family.Keeper(),
		h.Alarm.Keeper(),
		h.Residence.Keeper(),
		h.Care.Keeper(),
		h.Handover.Keeper(),
		h.Rights.Keeper(),
		h.Feedback.Keeper(),
		h.Knelpunt.Keeper(),
		h.Monitor.Keeper(),
		h.Advocacy.Keeper(),
		h.Litigation.Keeper(),
		h.Pilot.Keeper(),
		h.Information.Keeper(),
		h.Question.Keeper(),
		h.Portal.Keeper(),
		h.Oversight.Keeper(),
		h.Ingest.Keeper(),
	}
}
