// Package account lets colleagues in, and nobody else: a password with a second factor, or a passkey.
//
// Whether an account exists shows neither in what is answered nor in how long it takes. Waits grow with every failed
// try, by account and by address. After the sign-in only the session counts, and what its owner may do is read anew at
// every request, so a role that is taken away is gone at the next press.
//
// Refugees sign in elsewhere, with a card and a PIN. A demonstration has accounts that open with one press; the doors
// for that do not exist in the real thing.
package account
