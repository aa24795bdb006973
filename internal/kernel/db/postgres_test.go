package db_test

// This file tests what only PostgreSQL can do to a commit: confirm it with a warning, or lose the connection in it.

import (
	"testing"
	"testing/fstest"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
)

// troubled is a table whose triggers act at the moment of the commit.
func troubled(t *testing.T, act string) *db.DB {
	t.Helper()
	return dbtest.Postgres(t, []db.Line{{Name: "t", FS: fstest.MapFS{"schema/0001_t.sql": {Data: []byte(
		"CREATE TABLE t_thing (id TEXT PRIMARY KEY);\n" +
			"CREATE FUNCTION t_act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN " + act + " RETURN NULL; END';\n" +
			"CREATE CONSTRAINT TRIGGER t_at_commit AFTER INSERT ON t_thing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION t_act();\n")}}}})
}

func add(t *testing.T, d *db.DB, id string) error {
	t.Helper()
	return d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Do(t.Context(), tx, db.F(`INSERT INTO t_thing (id) VALUES (?)`, id))
		return err
	})
}

func TestACommitThatTheStandbyDidNotConfirmIsUnsure(t *testing.T) {
	d := troubled(t, "IF NEW.id <> ''quiet'' THEN RAISE WARNING USING ERRCODE = ''01000'', MESSAGE = ''The transaction has already committed locally, but might not have been replicated to the standby.''; END IF;")
	if err := add(t, d, "a"); !fault.Is(err, fault.Unsure) {
		t.Errorf("the caller hears %v", err)
	}
	for range 20 { // the same connections: nothing sticks to them
		if err := add(t, d, "quiet"); err != nil && !fault.Is(err, fault.Conflict) {
			t.Fatalf("a later commit: %v", err)
		}
	}
}

func TestACommitInWhichTheConnectionIsLostIsUnsure(t *testing.T) {
	d := troubled(t, "IF NEW.id = ''a'' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;")
	if err := add(t, d, "a"); !fault.Is(err, fault.Unsure) {
		t.Errorf("the caller hears %v", err)
	}
	if err := add(t, d, "b"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestACommitThatIsRefusedSaysSo(t *testing.T) {
	d := troubled(t, "RAISE unique_violation;")
	if err := add(t, d, "a"); !fault.Is(err, fault.Conflict) {
		t.Errorf("the caller hears %v", err)
	}
}

func TestAReadOnlyServerIsUnavailable(t *testing.T) {
	address := dbtest.PostgresAddress(t)
	d, err := db.Open(t.Context(), address+" default_transaction_read_only=on", clock.NewManual(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), lines); !fault.Is(err, fault.Unavailable) {
		t.Errorf("migrating gives %v", err)
	}
}

func TestAServerThatIsNotThereIsUnavailable(t *testing.T) {
	if _, err := db.Open(t.Context(), "host="+t.TempDir()+" user=app dbname=x", clock.NewManual(dbtest.Start)); !fault.Is(err, fault.Unavailable) {
		t.Errorf("opening gives %v", err)
	}
}
