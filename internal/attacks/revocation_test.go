package attacks_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/hcert"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/outside"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/revstore"
	"github.com/travelseal/travelseal/verify"
)

func listedAs(data string) [trustlist.HashSize]byte {
	sum := sha256.Sum256([]byte(data))
	return [trustlist.HashSize]byte(sum[:])
}

// asking is a Verifier that trusts Utopia, and the store of revoked handles of one kind that it asks.
func asking(t *testing.T, kind string, hashes ...[trustlist.HashSize]byte) (v *verify.Verifier, path string) {
	t.Helper()
	dir := t.TempDir()
	signers := filepath.Join(dir, "signers.json")
	if err := os.WriteFile(signers, list(mint.Anchors(ut.Signers()...)...), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := revstore.NewBuilder(revstore.BuildOptions{TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, hash := range hashes {
		if err := b.Add(kind, hash, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	path = filepath.Join(dir, "revoked")
	if _, err := b.Build(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	trust, err := all.Loader().Load(signers, path)
	if err != nil {
		t.Fatal(err)
	}
	return verifier(t, trust, formats.Options{}), path
}

func identified(id string) mint.HCERT { return vaccination.Set(mint.Text(id), "v", 0, "ci") }

func TestA63_RevokedByEachOfItsHandles(t *testing.T) {
	id := "URN:UVCI:01:UT:4QX7HB2M9WKD"
	signature := vaccination.Build().Signature
	for kind, data := range map[string]string{
		hcert.HandleUCI: id, hcert.HandleCountryUCI: "UT" + id, hcert.HandleSignature: string(signature[:len(signature)/2]),
	} {
		v, _ := asking(t, kind, listedAs(data))
		attack(t, v, vaccination.Of(mint.Brigid), mutant{kind, vaccination, disproved(verify.DocRevoked)})
	}
	v, _ := asking(t, hcert.HandleCountryUCI, listedAs("XA"+id))
	demand(t, v, "another country's", formats.Text(vaccination.Build().Text), accepted)
}

func TestA64_SpellingsOfARevokedIdentifier(t *testing.T) {
	for _, listed := range []string{"URN:UVCI:01:UT:4QX7HB2M9WKD", "01:UT:4QX7HB2M9WKD", "urn:uvci:01:UT:4QX7HB2M9WKD"} {
		v, _ := asking(t, hcert.HandleUCI, listedAs(listed))
		for _, spelled := range []string{
			"URN:UVCI:01:UT:4QX7HB2M9WKD", "urn:uvci:01:UT:4QX7HB2M9WKD", "urn:uvci:01:ut:4qx7hb2m9wkd", "01:UT:4QX7HB2M9WKD", "01:ut:4qx7hb2m9wkd", "URN:UVCI:01:UT:4QX7HB2M9WKD#A",
		} {
			demand(t, v, spelled+" of "+listed, formats.Text(identified(spelled).Build().Text), disproved(verify.DocRevoked))
		}
		demand(t, v, "another", formats.Text(identified("URN:UVCI:01:UT:4QX7HB2M9WKE").Build().Text), accepted)
	}
}

func TestA65_AListThatIsCutIsNotEmpty(t *testing.T) {
	v, path := asking(t, hcert.HandleUCI, listedAs("URN:UVCI:01:UT:4QX7HB2M9WKD"))
	demand(t, v, "whole", formats.Text(vaccination.Of(mint.Brigid).Build().Text), accepted)
	if err := os.Truncate(path, 4096); err != nil {
		outside.Absent(t, "This system does not cut files that are open: "+err.Error())
	}
	demand(t, v, "cut", formats.Text(vaccination.Build().Text), doubted(verify.RevocationUnavailable))
	if s, err := all.Loader().Load(filepath.Dir(path)); err == nil {
		t.Errorf("a folder with a cut list is loaded: %+v", s.Info())
	}
}

// There is no filter before the rows: what is nearly on the list is not.
func TestA67_NeighboursOfARevokedHashAreNotRevoked(t *testing.T) {
	var near [][trustlist.HashSize]byte
	for bit := range 8 * trustlist.HashSize {
		hash := listedAs("URN:UVCI:01:UT:4QX7HB2M9WKD")
		hash[bit/8] ^= 1 << (bit % 8)
		near = append(near, hash)
	}
	v, _ := asking(t, hcert.HandleUCI, near...)
	demand(t, v, "near", formats.Text(vaccination.Build().Text), accepted)
	v, _ = asking(t, hcert.HandleUCI, append(near, listedAs("URN:UVCI:01:UT:4QX7HB2M9WKD"))...)
	demand(t, v, "among its neighbours", formats.Text(vaccination.Build().Text), disproved(verify.DocRevoked))
}
