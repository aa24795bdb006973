package procedure

import (
	"bytes"
	"compress/flate"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"reisgezel/internal/kernel/db/dbtest"
)

// deflated is a derivation as programs of before kept it.
func deflated(t testing.TB, d Derivation) []byte {
	t.Helper()
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestSpeed)
	if err == nil {
		_, err = z.Write(raw)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAPackedDerivationComesOutAsItWas holds for what follows from any facts. What a program of before packed reads the same.
func TestAPackedDerivationComesOutAsItWas(t *testing.T) {
	b := book(t)
	deadlines := 0
	rapid.Check(t, func(r *rapid.T) {
		f := anyFacts(r).About(rapid.SampledFrom([]Topic{Asylum, "permit"}).Draw(r, "topic"))
		d := b.Derive(f, dbtest.Start)
		deadlines += len(d.Deadlines)
		got, err := unpack(d.body(), d.Rules, d.Calendar)
		if err != nil || !reflect.DeepEqual(got, d) {
			r.Fatalf("%v\n%+v\n%+v", err, d, got)
		}
		old, err := unpack(deflated(t, d), "", "")
		if err != nil || old.Rules != d.Rules || old.Calendar != d.Calendar || !bytes.Equal(old.outcome(), d.outcome()) {
			r.Fatalf("%v\n%+v\n%+v", err, d, old)
		}
	})
	if deadlines == 0 {
		t.Error("there was no deadline in any of them")
	}
}

// FuzzPackedDerivation reads anything: a damaged row is an error, and takes no more room than it has bytes.
func FuzzPackedDerivation(f *testing.F) {
	d := everyField()
	f.Add(d.body())
	f.Add(deflated(f, d))
	f.Add([]byte{bodyForm, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := unpack(raw, "", "")
		if err != nil || raw[0] != bodyForm {
			return
		}
		if again, err := unpack(got.body(), "", ""); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%v: %+v is packed as %+v", err, got, again)
		}
	})
}

func TestADamagedDerivationIsAnError(t *testing.T) {
	d := everyField()
	whole := d.body()
	for n := range whole {
		if got, err := unpack(whole[:n], "", ""); err == nil {
			t.Errorf("the first %d bytes of %d read as %+v", n, len(whole), got)
		}
	}
	if got, err := unpack(append(whole, 0), "", ""); err == nil {
		t.Errorf("with a byte too many it reads as %+v", got)
	}
}

// TestTheFormOfAPackedDerivationStays reads one as it was kept when the form came. A new form gets another first byte.
func TestTheFormOfAPackedDerivationStays(t *testing.T) {
	kept, err := hex.DecodeString(packedBefore)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unpack(kept, "r", "c"); err != nil || !reflect.DeepEqual(got, everyField()) {
		t.Errorf("%v: %+v", err, got)
	}
}

const packedBefore = "060400066173796c756d040001580400016b0400016ec4d07e020e000174000177000400017300016700036e6f77c6d07ec6d07e040003696e6404050004030500016500016f0a00056f72646572c8d07ecad07e04000172000170020504ced07ed0d07ed2d07e04030404c4d07e020e0506000161070001560001630f040001710b0300000000016dccd07eccd07e04130b03040f"
