package account

// This file reads and writes the ways in: passwords, the second factor, recovery codes, and the count of tries.

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/web"
)

// login is one way in. The zero login belongs to nobody, and no password fits it.
type login struct {
	Colleague   string
	Password    string
	PasswordSet time.Time
	Handle      []byte
	TOTP        []byte `db:"totp"`
	TOTPNew     []byte `db:"totp_new"`
	TOTPStep    int64  `db:"totp_step"`
	CodesShown  []byte
	SignedIn    time.Time
	ResetBy     string
	ResetAt     time.Time
}

// login reads a way in; a colleague who has none, and nobody at all, have the zero one.
func (a *Accounts) login(ctx context.Context, q db.Q, colleague string) (login, error) {
	l, err := db.One[login](ctx, q, db.F(`SELECT colleague, password, password_set, handle, totp, totp_new, totp_step, codes_shown, signed_in, reset_by, reset_at
		FROM account_login WHERE colleague = ?`, colleague))
	if fault.Is(err, fault.NotFound) {
		return login{}, nil
	}
	return l, err
}

// open makes sure that a colleague has a way in to be filled.
func open(ctx context.Context, tx *db.Tx, colleague string) error {
	handle := make([]byte, 32)
	if _, err := rand.Read(handle); err != nil {
		return fmt.Errorf("random bytes: %w", err)
	}
	_, err := db.Do(ctx, tx, db.F(`INSERT INTO account_login (colleague, password, handle, totp_step, reset_by) VALUES (?,'',?,0,'') ON CONFLICT (colleague) DO NOTHING`, colleague, handle))
	return err
}

// setPassword stores a hash that was made beforehand (hashing is slow, and a transaction must be short) and ends every
// other session: whoever knew the old password is out.
func setPassword(ctx context.Context, tx *db.Tx, colleague, hash, keep string) error {
	if err := open(ctx, tx, colleague); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE account_login SET password = ?, password_set = ? WHERE colleague = ?`, hash, tx.Now, colleague)); err != nil {
		return err
	}
	if err := web.EndSessions(ctx, tx, kindOf(colleague), colleague, keep); err != nil {
		return err
	}
	return note(ctx, tx, colleague, "account.event.password", colleague)
}

// beginTOTP makes a new secret that does not count until a code of it was typed.
func (a *Accounts) beginTOTP(ctx context.Context, tx *db.Tx, colleague string) error {
	if err := open(ctx, tx, colleague); err != nil {
		return err
	}
	secret, err := newSecret()
	if err != nil {
		return err
	}
	sealed, err := privacy.SealJSON(a.key, "account_login.totp_new/"+colleague, beginning{secret, tx.Now})
	if err != nil {
		return err
	}
	_, err = db.Do(ctx, tx, db.F(`UPDATE account_login SET totp_new = ? WHERE colleague = ?`, sealed, colleague))
	return err
}

// beginning is a secret that is being set up. It may be seen for a quarter of an hour: one that was left lying about
// would let whoever finds an open screen finish the work.
type beginning struct {
	Secret string
	At     time.Time
}

// pending is the secret that is being set up; empty when there is none.
func (a *Accounts) pending(l login, now time.Time) (string, error) {
	if len(l.TOTPNew) == 0 {
		return "", nil
	}
	var b beginning
	if err := privacy.OpenJSON(a.key, "account_login.totp_new/"+l.Colleague, l.TOTPNew, &b); err != nil || now.Sub(b.At) > 15*time.Minute {
		return "", err
	}
	return b.Secret, nil
}

// confirmTOTP makes the new secret count when the code fits it. ok is false when it does not.
func (a *Accounts) confirmTOTP(ctx context.Context, tx *db.Tx, colleague, code string) (ok bool, err error) {
	l, err := a.login(ctx, tx, colleague)
	if err != nil {
		return false, err
	}
	secret, err := a.pending(l, tx.Now)
	if err != nil || secret == "" {
		return false, err
	}
	s, err := matchCode(secret, code, tx.Now, 0)
	if err != nil || s == 0 {
		return false, err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE account_login SET totp = ?, totp_new = NULL, totp_step = ? WHERE colleague = ?`,
		a.key.Seal("account_login.totp/"+colleague, []byte(secret)), s, colleague)); err != nil {
		return false, err
	}
	return true, a.afterFactor(ctx, tx, colleague)
}

// afterFactor is what follows a new second factor: the log, and recovery codes for who has none.
func (a *Accounts) afterFactor(ctx context.Context, tx *db.Tx, colleague string) error {
	left, err := codesLeft(ctx, tx, colleague)
	if err != nil {
		return err
	}
	if left == 0 {
		if err := a.renewCodes(ctx, tx, colleague); err != nil {
			return err
		}
	}
	return note(ctx, tx, colleague, "account.event.factor", colleague)
}

// useTOTP spends a code of the hour. A code that was used before is refused even when two requests bring it at once:
// the step only goes up, and the row says who came first.
func (a *Accounts) useTOTP(ctx context.Context, tx *db.Tx, colleague, code string) (bool, error) {
	l, err := a.login(ctx, tx, colleague)
	if err != nil || len(l.TOTP) == 0 {
		return false, err
	}
	secret, err := a.key.Open("account_login.totp/"+colleague, l.TOTP)
	if err != nil {
		return false, err
	}
	s, err := matchCode(string(secret), code, tx.Now, l.TOTPStep)
	if err != nil || s == 0 {
		return false, err
	}
	n, err := db.Do(ctx, tx, db.F(`UPDATE account_login SET totp_step = ? WHERE colleague = ? AND totp_step < ?`, s, colleague, s))
	return n == 1, err
}

// renewCodes replaces all recovery codes. They stay readable, sealed, until their owner says they are kept.
func (a *Accounts) renewCodes(ctx context.Context, tx *db.Tx, colleague string) error {
	fresh, err := newCodes()
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM account_recovery WHERE colleague = ?`, colleague)); err != nil {
		return err
	}
	for _, c := range fresh {
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO account_recovery (colleague, code, made) VALUES (?,?,?)`, colleague, a.codeToken(colleague, c), tx.Now)); err != nil {
			return err
		}
	}
	sealed, err := privacy.SealJSON(a.key, "account_login.codes_shown/"+colleague, fresh)
	if err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE account_login SET codes_shown = ? WHERE colleague = ?`, sealed, colleague)); err != nil {
		return err
	}
	return note(ctx, tx, colleague, "account.event.codes", colleague)
}

func (a *Accounts) codeToken(colleague, code string) []byte {
	return a.vault.Token("account.recovery", colleague+" "+plainCode(code))
}

// shown are the recovery codes that their owner has not yet said to have kept.
func (a *Accounts) shown(l login) ([]string, error) {
	if len(l.CodesShown) == 0 {
		return nil, nil
	}
	var out []string
	err := privacy.OpenJSON(a.key, "account_login.codes_shown/"+l.Colleague, l.CodesShown, &out)
	return out, err
}

func keptCodes(ctx context.Context, tx *db.Tx, colleague string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE account_login SET codes_shown = NULL WHERE colleague = ?`, colleague))
	return err
}

func codesLeft(ctx context.Context, q db.Q, colleague string) (int, error) {
	return db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM account_recovery WHERE colleague = ? AND used IS NULL`, colleague))
}

// useRecovery spends a recovery code; each is good once.
func (a *Accounts) useRecovery(ctx context.Context, tx *db.Tx, colleague, code string) (bool, error) {
	n, err := db.Do(ctx, tx, db.F(`UPDATE account_recovery SET used = ? WHERE colleague = ? AND code = ? AND used IS NULL`, tx.Now, colleague, a.codeToken(colleague, code)))
	if err != nil || n == 0 {
		return false, err
	}
	return true, note(ctx, tx, colleague, "account.event.recovery", colleague)
}

// someFactor says whether a colleague has any second step.
func (a *Accounts) someFactor(ctx context.Context, q db.Q, colleague string) (bool, error) {
	l, err := a.login(ctx, q, colleague)
	if err != nil || len(l.TOTP) > 0 {
		return err == nil, err
	}
	keys, err := livePasskeys(ctx, q, colleague)
	return keys > 0, err
}

// eyes is for how long one administrator may not do both: send a link for a new password, and take the second step of
// the same account away. Together they would open somebody's account.
const eyes = 7 * 24 * time.Hour

// reset takes every second step of an account away and ends its sessions; the next sign-in sets one up anew.
func (a *Accounts) reset(ctx context.Context, tx *db.Tx, colleague, by string) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM account_invite WHERE colleague = ? AND made_by = ? AND made > ?`, colleague, by, tx.Now.Add(-eyes)))
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Conflict, "account.error.four_eyes")
	}
	if _, err := db.DoAll(ctx, tx,
		db.F(`UPDATE account_login SET totp = NULL, totp_new = NULL, codes_shown = NULL, reset_by = ?, reset_at = ? WHERE colleague = ?`, by, tx.Now, colleague),
		db.F(`UPDATE account_passkey SET ended = ? WHERE colleague = ? AND ended IS NULL`, tx.Now, colleague),
		db.F(`DELETE FROM account_recovery WHERE colleague = ?`, colleague),
	); err != nil {
		return err
	}
	if err := web.EndSessions(ctx, tx, kindOf(colleague), colleague, ""); err != nil {
		return err
	}
	return note(ctx, tx, by, "account.event.reset", colleague)
}

// signedIn notes a whole sign-in.
func signedIn(ctx context.Context, tx *db.Tx, colleague string) error {
	if err := open(ctx, tx, colleague); err != nil {
		return err
	}
	if _, err := db.Do(ctx, tx, db.F(`UPDATE account_login SET signed_in = ? WHERE colleague = ?`, tx.Now, colleague)); err != nil {
		return err
	}
	return note(ctx, tx, colleague, "account.event.signed_in", colleague)
}

// try is something that is counted when it fails, and how often that is free of waiting.
type try struct {
	what []byte
	free int
	leak time.Duration // after so long one failed try is forgotten
}

// byAccount counts the tries on one account, whether it exists or not. Kind keeps passwords and codes apart.
func (a *Accounts) byAccount(kind, account string) try {
	return try{a.vault.Token("account.try."+kind, account), freeByAccount, leakByAccount}
}

// byAddress counts the tries from one address of the network.
func (a *Accounts) byAddress(address string) try {
	return try{a.vault.Token("account.try.address", address), freeByAddress, leakByAddress}
}

// begin counts a try before it is made, so that a thousand at once are a thousand tries. The fault is TooMany while
// there is still to be waited.
func (a *Accounts) begin(ctx context.Context, tries ...try) error {
	return a.db.Tx(ctx, func(tx *db.Tx) error {
		for _, t := range tries {
			leak := t.leak.Milliseconds()
			n, err := db.Do(ctx, tx, db.F(`INSERT INTO account_try (what, fails, last, until) VALUES (?,1,?,0)
				ON CONFLICT (what) DO UPDATE SET last = excluded.last,
				fails = CASE WHEN account_try.fails < (excluded.last - account_try.last) / ? THEN 1 ELSE account_try.fails - (excluded.last - account_try.last) / ? + 1 END
				WHERE account_try.until <= excluded.last`, t.what, tx.Now, leak, leak))
			if err != nil {
				return err
			}
			if n == 0 {
				return fault.New(fault.TooMany, "account.error.wait")
			}
			fails, err := db.One[int](ctx, tx, db.F(`SELECT fails FROM account_try WHERE what = ?`, t.what))
			if err != nil {
				return err
			}
			if w := wait(fails, t.free); w > 0 {
				if _, err := db.Do(ctx, tx, db.F(`UPDATE account_try SET until = ? WHERE what = ?`, tx.Now.Add(w), t.what)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// succeeded takes a try back that did not fail: the account begins anew, the address loses this one try only, so that
// nobody cleans an address by signing in to an account of their own.
func succeeded(ctx context.Context, tx *db.Tx, account, address try) error {
	if _, err := db.Do(ctx, tx, db.F(`DELETE FROM account_try WHERE what = ?`, account.what)); err != nil {
		return err
	}
	_, err := db.Do(ctx, tx, db.F(`UPDATE account_try SET fails = fails - 1, until = 0 WHERE what = ? AND fails > 0`, address.what))
	return err
}
