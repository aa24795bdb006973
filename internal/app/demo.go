package app

// This file fills a demonstration: the organisation, its people, their procedures, papers, contacts and promises, always the same
// for the same number, with dates relative to today.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"reisgezel/internal/account"
	"reisgezel/internal/alarm"
	"reisgezel/internal/counsel"
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/knelpunt"
	"reisgezel/internal/organisation"
	"reisgezel/internal/oversight"
)

// demoClients are the invented people whose cards the sign-in page of a demonstration shows.
var demoClients = []account.DemoClient{
	{Name: "Reem", About: "العربية", Code: "REEM3479", Route: "portal.signin"},
	{Name: "Selam", About: "ትግርኛ", Code: "TREE3479", Route: "portal.signin"},
}

// askedMost is up to how many people the colleagues of a demonstration are asked to ask somebody for a case: a large one measures
// other things.
const askedMost = 1000

// FillDemo fills an empty demonstration and tells how many people were made; one that is filled is left as it is.
func (h *House) FillDemo(ctx context.Context, people int, progress func(done, of int)) (int, error) {
	if demoFolder(h.Settings.Data) {
		return 0, nil
	}
	now := h.DB.Now()
	var plan organisation.Plan
	err := h.DB.Bulk(ctx, func(tx *db.Tx) (err error) {
		if plan, err = organisation.Demo(ctx, tx, now, people); err != nil {
			return err
		}
		return counsel.DemoBook(ctx, tx)
	})
	if err != nil {
		return 0, fmt.Errorf("the organisation of the demonstration: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error { return h.Briefing.DemoList(lang.With(ctx, "nl", h.Texts), tx, now) }); err != nil {
		return 0, fmt.Errorf("the information sessions of the demonstration: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error {
		if err := h.Information.Demo(ctx, tx, now); err != nil {
			return err
		}
		return h.Knelpunt.Demo(ctx, tx, now)
	}); err != nil {
		return 0, fmt.Errorf("the texts and signals of the demonstration: %w", err)
	}
	if err := h.Monitor.DemoCount(ctx, now); err != nil {
		return 0, fmt.Errorf("the weeks of the demonstration: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error {
		if err := h.Monitor.Demo(ctx, tx, now); err != nil {
			return err
		}
		if err := h.Advocacy.Demo(ctx, tx, now, h.Knelpunt.DemoIDs); err != nil {
			return err
		}
		if err := h.Litigation.Demo(ctx, tx, now, h.Knelpunt.DemoIDs); err != nil {
			return err
		}
		if err := h.Pilot.Demo(ctx, tx, now, h.Knelpunt.DemoIDs); err != nil {
			return err
		}
		if err := h.Translation.Demo(ctx, tx, now); err != nil {
			return err
		}
		return h.Feedback.Demo(ctx, tx, now)
	}); err != nil {
		return 0, fmt.Errorf("the dossiers and opinions of the demonstration: %w", err)
	}
	done := 0
	var emergencies []oversight.DemoFile
	var threatened []dossier.DemoPerson
	for batch := range dossier.DemoPeople(plan, people, now) {
		ids := make([]string, len(batch))
		for i, p := range batch {
			ids[i] = p.ID
		}
		keys, err := h.Vault.NewKeys(ctx, ids)
		if err != nil {
			return done, err
		}
		for i := range batch {
			batch[i].Key = keys[batch[i].ID]
			if n := batch[i].N; n == 3 || n == 4 || n == 8 {
				emergencies = append(emergencies, oversight.DemoFile{ID: batch[i].ID, Key: batch[i].Key})
			}
			if batch[i].ID == alarm.DemoPerson {
				threatened = append(threatened, batch[i])
			}
		}
		err = h.DB.Bulk(ctx, func(tx *db.Tx) error {
			if err := h.Files.Demo(ctx, tx, batch); err != nil {
				return err
			}
			for _, d := range batch {
				if d.ID == "p-selam" {
					if err := h.Files.DemoReceipts(ctx, tx, d, knelpunt.DemoReceipts(now)...); err != nil {
						return err
					}
				}
			}
			if err := h.Procedure.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Evidence.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Interview.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Family.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Residence.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Care.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Consent.Demo(lang.With(ctx, "nl", h.Texts), tx, batch, now); err != nil {
				return err
			}
			if err := h.Contact.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Briefing.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Counsel.Demo(lang.With(ctx, "nl", h.Texts), tx, batch, now, h.Consent.DemoReturn); err != nil {
				return err
			}
			if err := h.Rights.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Feedback.DemoPeople(ctx, tx, batch, now); err != nil {
				return err
			}
			if err := h.Question.Demo(ctx, tx, batch, now); err != nil {
				return err
			}
			return h.Handover.Demo(ctx, tx, batch, now)
		})
		if err != nil {
			return done, fmt.Errorf("the people of the demonstration: %w", err)
		}
		done += len(batch)
		progress(done, people)
	}
	if people <= askedMost {
		if err := h.DB.Bulk(ctx, func(tx *db.Tx) error { return h.Litigation.DemoWish(ctx, tx) }); err != nil {
			return done, fmt.Errorf("who is asked for a case in the demonstration: %w", err)
		}
	}
	if err := h.fillDoubles(ctx, plan); err != nil {
		return done, fmt.Errorf("the people with two records: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error { return h.Contact.DemoHour(ctx, tx, now) }); err != nil {
		return done, fmt.Errorf("the walk-in hour of the demonstration: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error {
		return h.Consent.DemoLawyer(lang.With(ctx, "nl", h.Texts), tx, "p-selam", counsel.DemoParty(), now)
	}); err != nil {
		return done, fmt.Errorf("what the lawyer of the demonstration may see: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error { return oversight.Demo(ctx, tx, now, emergencies) }); err != nil {
		return done, fmt.Errorf("the emergencies of the demonstration: %w", err)
	}
	if err := h.DB.Bulk(ctx, func(tx *db.Tx) error { return h.Alarm.Demo(ctx, tx, threatened, now) }); err != nil {
		return done, fmt.Errorf("the alarms of the demonstration: %w", err)
	}
	if err := h.DB.Analyze(ctx); err != nil {
		return done, err
	}
	if h.Settings.Data == "" {
		return done, nil
	}
	return done, os.WriteFile(filepath.Join(h.Settings.Data, demoMark), []byte("Invented people and open accounts; never use this folder for real ones.\n"), 0o600)
}

// fillDoubles makes the people who may have two records.
func (h *House) fillDoubles(ctx context.Context, plan organisation.Plan) error {
	doubles := dossier.DemoDoubles(plan, h.DB.Now())
	ids := make([]string, len(doubles))
	for i, p := range doubles {
		ids[i] = p.ID
	}
	keys, err := h.Vault.NewKeys(ctx, ids)
	if err != nil {
		return err
	}
	for i := range doubles {
		doubles[i].Key = keys[doubles[i].ID]
	}
	return h.DB.Bulk(ctx, func(tx *db.Tx) error {
		if err := h.Files.Demo(ctx, tx, doubles); err != nil {
			return err
		}
		if err := h.Contact.Demo(ctx, tx, doubles, h.DB.Now()); err != nil {
			return err
		}
		return h.Identity.Demo(ctx, tx, doubles)
	})
}
