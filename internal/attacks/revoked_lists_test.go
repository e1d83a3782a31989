package attacks_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cli"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

var gateway = lists.NewGateway()

const revokedID = "URN:UVCI:01:UT:4QX7HB2M9WKD"

// batches are the gateway's batches beside the signers of Utopia, the office and the list of batches.
func batches(list ...lists.RevokedBatch) source {
	s := source{"signers.json": undated(mint.Anchors(ut.Signers()...)...), "upload.pem": gateway.Upload.PEM()}
	var ids []string
	for i, b := range list {
		ids = append(ids, fmt.Sprint("b", i))
		s[fmt.Sprint("b", i, ".txt")] = b.Text()
	}
	s["batches.json"] = lists.BatchPage(false, ids...)
	return s
}

// stops demands that a folder is not loaded at all.
func (s source) stops(t *testing.T, name string) {
	t.Helper()
	if list, err := s.load(t); err == nil {
		t.Errorf("%s: %d anchors, %v", name, list.Info().Anchors, list.Dropped())
	}
}

func (s source) verifier(t *testing.T) *verify.Verifier {
	t.Helper()
	list, err := s.load(t)
	if err != nil {
		t.Fatal(err)
	}
	return verifier(t, list, formats.Options{})
}

func (s source) without(name string) source {
	c := source{}
	for n, b := range s {
		if n != name {
			c[n] = b
		}
	}
	return c
}

func TestA63_BatchesOfTheGateway(t *testing.T) {
	signature := vaccination.Build().Signature
	keyed := gateway.Batch("UCI", revokedID)
	keyed.KeyID = lists.Base64([]byte("otherkid"))
	for name, b := range map[string]lists.RevokedBatch{
		"UCI": gateway.Batch("UCI", revokedID), "COUNTRYCODEUCI": gateway.Batch("COUNTRYCODEUCI", "UT"+revokedID),
		"SIGNATURE": gateway.Batch("SIGNATURE", string(signature[:len(signature)/2])), "under a key ID": keyed,
	} {
		b.Expires = mint.AsOf.AddDate(0, 0, 7).Format(time.RFC3339)
		mirrored := vaccination
		mirrored.Hooks.Signature = mint.Mirrored
		attack(t, batches(b).verifier(t), vaccination.Of(mint.Brigid),
			mutant{name, vaccination, disproved(verify.DocRevoked)}, mutant{name + ", mirrored", mirrored, disproved(verify.DocRevoked)})
		b.Expires = mint.AsOf.AddDate(0, 0, -1).Format(time.RFC3339)
		late := batches(b).verifier(t)
		demand(t, late, name+", expired, another", formats.Text(vaccination.Of(mint.Brigid).Build().Text), doubted(verify.RevocationUnavailable))
		demand(t, late, name+", expired", formats.Text(vaccination.Build().Text), disproved(verify.DocRevoked))
	}
}

func TestA64_SpellingsOfAnIdentifierInABatch(t *testing.T) {
	b := gateway.Batch("UCI", revokedID)
	b.Expires = mint.AsOf.AddDate(0, 0, 7).Format(time.RFC3339)
	v := batches(b).verifier(t)
	for _, spelled := range []string{"urn:uvci:01:ut:4qx7hb2m9wkd", "01:UT:4QX7HB2M9WKD", "URN:UVCI:01:UT:4QX7HB2M9WKD#A"} {
		demand(t, v, spelled, formats.Text(identified(spelled).Build().Text), disproved(verify.DocRevoked))
	}
}

func TestA65_BatchesThatAreNotSigned(t *testing.T) {
	good := batches(gateway.Batch("UCI", revokedID))
	if _, err := good.load(t); err != nil {
		t.Fatal(err)
	}
	stranger := gateway.Batch("UCI", revokedID)
	stranger.By = gateway.Upload.Twin("forger")
	good.with("b0.txt", stranger.Text()).stops(t, "a stranger's")
	good.without("upload.pem").stops(t, "without the office")
	data := gateway.Batch("UCI", revokedID).DER()
	for i := 0; i < len(data); i += 1 + len(data)/60 {
		bad := slices.Clone(data)
		bad[i] ^= 1
		flipped := good.with("b0.txt", []byte(lists.Base64(bad)))
		list, err := flipped.load(t)
		if err != nil {
			continue
		}
		// What the signature does not cover may differ; what it says may not.
		demand(t, verifier(t, list, formats.Options{}), fmt.Sprint("bit of byte ", i), formats.Text(vaccination.Build().Text), disproved(verify.DocRevoked))
	}
}

// The rest of a list that has a manifest is no list.
func TestA66_PartOfAList(t *testing.T) {
	two := batches(gateway.Batch("UCI", "another"), gateway.Batch("UCI", revokedID))
	two.without("b1.txt").stops(t, "a batch is missing")
	two.with("b1.txt", []byte("<html>Please log in</html>")).stops(t, "a page in its place")
	two.with("batches.json", lists.BatchPage(true, "b0", "b1")).stops(t, "there are more batches")

	one, other := lists.JSON(lists.Chunk(3, 1, 2, 2, "another")), lists.JSON(lists.Chunk(3, 2, 2, 2, revokedID))
	pins := fmt.Appendf(nil, "%x  1.json\n%x  2.json\n", sha256.Sum256(one), sha256.Sum256(other))
	italian := source{"signers.json": undated(mint.Anchors(ut.Signers()...)...), "1.json": one, "2.json": other, "SHA256SUMS": pins}
	demand(t, italian.verifier(t), "whole", formats.Text(vaccination.Build().Text), disproved(verify.DocRevoked))
	italian.without("2.json").stops(t, "a chunk is missing")
	italian.with("2.json", lists.JSON(lists.Chunk(3, 2, 2, 2))).stops(t, "an empty chunk")

	key := pki.NewCSCA("publisher", pki.Bare().Named(pki.DN("UT", "Publisher", "lists")).Valid(pki.CSCAFrom, pki.CSCAUntil).With(pki.KeyUsage(pki.DigitalSignature), pki.SubjectKeyID()))
	tree := lists.RevokedTree{"f5c5970c3039d854": {"0b": {lists.RevokedHash(revokedID), lists.RevokedHash("another")}}}.Files(key.Key)
	for missing := range tree {
		dir := t.TempDir()
		for name, data := range tree {
			path := filepath.Join(dir, "tree", filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "publisher.pem"), key.PEM(), 0o600); err != nil {
			t.Fatal(err)
		}
		build := []string{"trust", "revocations", "build", "--out", filepath.Join(dir, "revoked.srt"), "--trust", filepath.Join(dir, "publisher.pem"), filepath.Join(dir, "tree")}
		if p := run(t, build...); p.code != exitAccept {
			t.Fatalf("%+v", p)
		}
		if err := os.Remove(filepath.Join(dir, "tree", filepath.FromSlash(missing))); err != nil {
			t.Fatal(err)
		}
		build[4] = filepath.Join(dir, "none.srt")
		if p := run(t, build...); p.code == exitAccept {
			t.Errorf("without %s a store is built: %+v", missing, p)
		}
		if _, err := os.Stat(build[4]); err == nil {
			t.Errorf("without %s there is a store", missing)
		}
	}
}

// run runs a subcommand that has no moment of its own.
func run(t *testing.T, args ...string) printed {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := cli.Run(context.Background(), args, bytes.NewReader(nil), &stdout, &stderr)
	return printed{code, stdout.String(), stderr.String()}
}

// A store whose rows are in another order, or whose table leads elsewhere, would find nobody.
func TestA68_StoreWithAnotherOrder(t *testing.T) {
	_, path := asking(t, "dcc.uci", listedAs(revokedID), listedAs("a"), listedAs("b"), listedAs("c"))
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const header, row, fan = 4096, 16, 8192
	for name, change := range map[string]func(b []byte){
		"rows with their bytes reversed": func(b []byte) {
			for at := header; at < header+4*row; at += row {
				slices.Reverse(b[at : at+row])
			}
		},
		"rows exchanged": func(b []byte) {
			copy(b[header:], append(slices.Clone(b[header+row:header+2*row]), b[header:header+row]...))
		},
		"the table of zeros":     func(b []byte) { clear(b[fan : fan+4*65537]) },
		"the table reversed":     func(b []byte) { swap(b[fan : fan+4*65537]) },
		"the header's self-test": func(b []byte) { b[64+104] ^= 1 },
		"the header's self-test, sealed again": func(b []byte) {
			b[64+104] ^= 1
			sum := sha256.Sum256(b[:4064])
			copy(b[4064:], sum[:])
		},
		"another number of rows, sealed again": func(b []byte) {
			binary.LittleEndian.PutUint64(b[64+56:], 3)
			sum := sha256.Sum256(b[:4064])
			copy(b[4064:], sum[:])
		},
	} {
		bad := slices.Clone(good)
		change(bad)
		if bytes.Equal(bad, good) {
			t.Fatalf("%s: nothing was changed", name)
		}
		s := source{"signers.json": undated(mint.Anchors(ut.Signers()...)...), "revoked": bad}
		s.stops(t, name)
	}
}

func swap(b []byte) {
	for i := 0; i+4 <= len(b); i += 4 {
		slices.Reverse(b[i : i+4])
	}
}

func TestA69_ListOfCardsThatGoesBack(t *testing.T) {
	kid := string(cardIssuer.KID)
	file := func(counter int, ids ...string) []byte { return lists.JSON(lists.RevokedCards(kid, counter, ids...)) }
	pinned := func(files source) source {
		var pins []byte
		for name, data := range files {
			pins = fmt.Appendf(pins, "%x  %s\n", sha256.Sum256(data), name)
		}
		return files.with("SHA256SUMS", pins).with("cards.json", mint.CardTrust())
	}
	newer := file(5, "another")
	v := pinned(source{"crl.json": newer}).verifier(t)
	attackCard(t, v, card, cardMutant{"revoked", card.Set("another", "vc", "rid"), disproved(verify.DocRevoked)})
	pinned(source{"crl.json": newer, "old.json": file(4)}).stops(t, "an older one beside it")
	pinned(source{"crl.json": newer, "old.json": file(5)}).stops(t, "the same counter, and nobody")
	pinned(source{"crl.json": file(5, ".*")}).stops(t, "a pattern")
	pinned(source{"crl.json": file(5, "../another")}).stops(t, "a path")
	source{"crl.json": newer, "cards.json": mint.CardTrust()}.stops(t, "nobody vouches for it")
	if _, err := (source{"crl.json": newer}).load(t); err == nil {
		t.Error("a list without anything beside it is loaded")
	}
}
