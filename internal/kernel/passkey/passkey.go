// Package passkey says for which address passkeys are made and asked: the lock of a telephone or computer in place of a password.
package passkey

import (
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// At is the house at an address such as "https://reisgezel.example"; nil where passkeys cannot be used. A passkey belongs to a
// name, so an address that is a number (127.0.0.1) has none. A key must be able to say itself whose it is, and must have asked for
// a finger, a face or a code; of the maker of the device nothing is asked.
func At(origin string) *webauthn.WebAuthn {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && u.Hostname() != "localhost") {
		return nil
	}
	resident := true
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Reisgezel", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &resident, UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil
	}
	return w
}
