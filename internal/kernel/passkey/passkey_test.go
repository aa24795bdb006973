package passkey

import "testing"

func TestWherePasskeysCanBeUsed(t *testing.T) {
	for origin, can := range map[string]bool{
		"https://reisgezel.example": true, "https://reisgezel.example:8443": true, "http://localhost:8080": true,
		"http://reisgezel.example": false, "http://127.0.0.1:8080": false, "https://127.0.0.1": false, "": false, "reisgezel.example": false, "https://": false, ":": false,
	} {
		w := At(origin)
		if (w != nil) != can {
			t.Errorf("%q: %v", origin, w != nil)
		}
		if w != nil && (w.Config.RPOrigins[0] != origin || w.Config.AuthenticatorSelection.UserVerification != "required") {
			t.Errorf("%q: %+v", origin, w.Config)
		}
	}
}
