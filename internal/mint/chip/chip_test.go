package chip_test

import (
	"bytes"
	"crypto"
	"encoding/asn1"
	"encoding/base64"
	"encoding/binary"
	"image/jpeg"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/outside"
)

// goods are the chips that must be accepted, with the authority that each leads to and the hash of its groups.
func goods() map[string]struct {
	chip chip.Chip
	csca *pki.Credential
	hash crypto.Hash
} {
	ut := chip.Utopia()
	return map[string]struct {
		chip chip.Chip
		csca *pki.Credential
		hash crypto.Hash
	}{
		"P-256":     {chip.Good(), ut.CSCA, crypto.SHA256},
		"Brainpool": {chip.GoodBrainpool(), ut.Brainpool, crypto.SHA384},
		"PSS":       {chip.GoodPSS(), ut.PSS, crypto.SHA256},
		"BER":       {chip.GoodBER(), ut.RSA, crypto.SHA256},
	}
}

// unwrapped takes the tag 0x77 off an EF.SOD.
func unwrapped(t *testing.T, sod []byte) []byte {
	t.Helper()
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(sod, &outer)
	if err != nil || len(rest) > 0 || outer.Class != asn1.ClassApplication || outer.Tag != 23 {
		t.Fatalf("not the one object of tag 0x77: %v", err)
	}
	return outer.Bytes
}

// cms asks OpenSSL whether a message leads to an authority. It takes no chains with explicit parameters, so that the signature
// alone is verified where the authority has them.
func cms(t *testing.T, csca *pki.Credential, message []byte) (string, []byte, bool) {
	t.Helper()
	args := []string{"cms", "-verify", "-inform", "DER", "-in", "cms", "-CAfile", "ca.pem", "-no_check_time", "-auth_level", "0",
		"-purpose", "any", "-binary", "-out", "content"}
	if csca.Template.SPKI.Params != nil {
		args = append(args, "-noverify")
	}
	r := outside.OpenSSL(t, map[string][]byte{"ca.pem": csca.PEM(), "cms": message}, args...)
	return string(r.Output), r.File("content"), r.OK
}

// securityObject is the LDS Security Object as the standard library reads it.
type securityObject struct {
	Version int
	Hash    struct {
		OID    asn1.ObjectIdentifier
		Params asn1.RawValue `asn1:"optional"`
	}
	Hashes []struct {
		Number int
		Digest []byte
	}
	Info []string `asn1:"optional"`
}

func TestOpenSSLVerifiesGoodChips(t *testing.T) {
	for name, good := range goods() {
		files := good.chip.Files()
		out, content, ok := cms(t, good.csca, unwrapped(t, files["EF.SOD"]))
		if !ok {
			t.Errorf("%s: %s", name, out)
			continue
		}
		var lds securityObject
		if rest, err := asn1.Unmarshal(content, &lds); err != nil || len(rest) > 0 {
			t.Errorf("%s: the content is no security object: %v", name, err)
		}
		if len(lds.Hashes) != len(files)-2 || (lds.Version == 1) != (len(lds.Info) == 2) ||
			lds.Hash.OID.String() != pki.HashOID(good.hash) {
			t.Errorf("%s: %+v", name, lds)
		}
		for _, h := range lds.Hashes {
			if !bytes.Equal(h.Digest, pki.Digest(good.hash, files[chip.DGName(h.Number)])) {
				t.Errorf("%s: the hash of DG%d is another's", name, h.Number)
			}
		}
	}
}

func TestOpenSSLVerifiesMasterLists(t *testing.T) {
	ut := chip.Utopia()
	out, content, ok := cms(t, ut.CSCA, chip.Utopian().Encode())
	if !ok {
		t.Error(out)
	}
	var list struct {
		Version      int
		Certificates []asn1.RawValue `asn1:"set"`
	}
	rest, err := asn1.Unmarshal(content, &list)
	if err != nil || len(rest) > 0 || len(list.Certificates) != 4 || list.Version != 0 {
		t.Errorf("%v: %d certificates", err, len(list.Certificates))
	}
	if !bytes.Equal(content, chip.Utopian().Content()) {
		t.Error("the content is another")
	}
	for name, forged := range map[string]chip.MasterList{"stranger": chip.ListByStranger(), "twin": chip.ListByTwin()} {
		if out, _, ok := cms(t, ut.CSCA, forged.Encode()); ok {
			t.Errorf("%s was accepted: %s", name, out)
		}
	}
	for name, genuine := range map[string]chip.MasterList{
		"signer without the use": chip.ListByDSC(), "old": chip.OldList(), "CSCA": chip.ListByCSCA(),
	} {
		if out, _, ok := cms(t, ut.CSCA, genuine.Encode()); !ok {
			t.Errorf("%s: the signature must hold: %s", name, out)
		}
	}
}

func TestDataGroupsAreWhatTheirSpecificationSays(t *testing.T) {
	files := chip.GoodBrainpool().Files()
	zone := strings.ReplaceAll(mint.Mali.Card("UT4410095", "F").TD1(), "\n", "")
	if want := "\x61\x5d\x5f\x1f\x5a" + zone; string(files["DG1"]) != want {
		t.Errorf("DG1: %x", files["DG1"])
	}
	if want := "\x60\x18\x5f\x01\x040108\x5f\x36\x06040000\x5c\x06\x61\x75\x6b\x6c\x6e\x6f"; string(files["EF.COM"]) != want {
		t.Errorf("EF.COM: %x", files["EF.COM"])
	}
	name := "แก้วทองคำ<<มะลิ"
	want := "\x6b\x4d\x5c\x06\x5f\x0e\x5f\x2b\x5f\x11\x5f\x0e" + string(rune(len(name))) + name +
		"\x5f\x2b\x0819900413\x5f\x11\x0bUTOPIA CITY"
	if string(files["DG11"]) != want {
		t.Errorf("DG11: %q, want %q", files["DG11"], want)
	}
	var key struct {
		SPKI asn1.RawValue
	}
	if _, err := asn1.UnmarshalWithParams(files["DG15"], &key, "application,tag:15"); err != nil {
		t.Errorf("DG15: %v", err)
	}
	r := outside.OpenSSL(t, map[string][]byte{"dg14": files["DG14"]}, "asn1parse", "-inform", "DER", "-in", "dg14")
	out, ok := string(r.Output), r.OK
	if !ok || !strings.Contains(out, "appl [ 14 ]") || !strings.Contains(out, "0.4.0.127.0.7.2.2.1.2") {
		t.Errorf("DG14: %s", out)
	}
}

func TestDG11WithOtherNames(t *testing.T) {
	got := chip.DG11(chip.Detail{Name: "A", Other: []string{"B", "C"}, Number: "1"})
	want := "\x6b\x1d\x5c\x06\x5f\x0e\x5f\x0f\x5f\x10\x5f\x0e\x01A\xa0\x0b\x02\x01\x02\x5f\x0f\x01B\x5f\x0f\x01C\x5f\x10\x011"
	if string(got) != want {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestTheFaceIsAPicture(t *testing.T) {
	dg2 := chip.Face("maren")
	at := bytes.Index(dg2, []byte("FAC\x00010\x00"))
	record := dg2[at:]
	be := binary.BigEndian
	if at < 0 || int(be.Uint32(record[8:])) != len(record) || int(be.Uint32(record[14:])) != len(record)-14 {
		t.Fatal("the lengths of the face record are not true")
	}
	img, err := jpeg.Decode(bytes.NewReader(record[14+20+12:]))
	if err != nil || img.Bounds().Dx() != 24 || img.Bounds().Dy() != 32 {
		t.Fatalf("no picture of 24 by 32 pixels: %v", err)
	}
	if bytes.Equal(chip.Portrait("maren"), chip.Portrait("jonas")) {
		t.Error("two people have one picture")
	}
	if len(dg2) > 1200 {
		t.Errorf("%d bytes", len(dg2))
	}
}

func TestChangesLeaveTheChipAsItWas(t *testing.T) {
	good := chip.Good()
	before := good.Files()
	changed := []chip.Chip{
		good.FlipDG(1, 7), good.WithoutDG(2), good.Inject(15, chip.Signature("x")), good.Renamed("DG1", "DG17"),
		good.With(11, chip.DG12("A", "20210520")), good.Put(2, chip.Face("other")), good.Hashed(crypto.SHA1),
		good.ResignedBy(chip.Utopia().DSCRSA), good.Unwrapped(),
		good.SOD(func(b []byte) []byte { return append(b, 0) }),
	}
	for i, c := range changed {
		files := c.Files()
		if maps.EqualFunc(files, before, slices.Equal) {
			t.Errorf("change %d has no effect", i)
		}
		if !maps.EqualFunc(files, c.Files(), slices.Equal) {
			t.Errorf("change %d: two calls give two chips", i)
		}
	}
	if !maps.EqualFunc(good.Files(), before, slices.Equal) {
		t.Error("a change has changed the chip that it was made of")
	}
	if flipped := changed[0].Files()["DG1"]; flipped[0] != before["DG1"][0]^1 || !bytes.Equal(flipped[1:], before["DG1"][1:]) {
		t.Error("more than one bit was flipped")
	}
}

func TestDownloadsHoldWhatWasPutIn(t *testing.T) {
	text := string(chip.Download())
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > 76 {
			t.Fatalf("a line of %d characters", len(line))
		}
	}
	unfolded := strings.ReplaceAll(text, "\n ", "")
	if !strings.HasPrefix(unfolded, "version: 1\n\ndn: cn=") || strings.Count(unfolded, "\ndn: ") != 6 {
		t.Error("not six entries")
	}
	want := base64.StdEncoding.EncodeToString(chip.Utopia().DSC.Cert)
	for _, part := range []string{
		"userCertificate;binary:: " + want + "\n", "pkdMasterListContent:: ", "certificateRevocationList;binary:: ",
	} {
		if !strings.Contains(unfolded, "\n"+part) {
			t.Errorf("%.40s… is missing", part)
		}
	}
	if broken := string(chip.BrokenDownload()); strings.Count(broken, "\ndn: ") != 11 || !strings.Contains(broken, "MII*") {
		t.Error("not eleven entries")
	}
}
