package emrtd_test

import (
	"bytes"
	"context"
	"crypto"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/emrtd"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

func TestAPassportBecomesADocument(t *testing.T) {
	c := chip.Good()
	files := c.Files()
	doc := decode(t, c, formats.Options{})
	if doc.Format != emrtd.ID || doc.Purpose != formats.Travel || !slices.Equal(doc.Needs, []string{"DG1"}) || !slices.Equal(doc.Wants, []string{"DG2"}) || doc.Carrier != formats.Chip || !slices.Equal(names(doc), []string{"DG1", "DG2", "EF.SOD"}) {
		t.Errorf("%s, %v, needs %v, parts %v", doc.Format, doc.Purpose, doc.Needs, names(doc))
	}
	if n := notable(doc); len(n) != 0 {
		t.Errorf("there is something against a good chip: %q", n)
	}
	if want := time.Date(2031, 5, 20, 23, 59, 59, 0, time.UTC); !doc.Validity.NotAfter.Equal(want) || doc.Validity.IssuedAt.IsZero() || doc.Validity.MustExpire || !doc.Validity.AtSigning {
		t.Errorf("%+v", doc.Validity)
	}
	want := formats.Claims{
		Subjects: []formats.Subject{{
			Names: []formats.Name{{Family: "ACHTERBERG LINDQVIST", Given: "MAREN ZOE", Script: "icao", Source: "DG1"}},
			Birth: formats.Date{Year: 1984, Month: 7, Day: 19, TwoDigitYear: true}, Sex: "F", Nationality: "UTO",
		}},
		Documents: []formats.DocRef{{Type: "P", Number: "UT0017243", IssuingState: "UTO", Expires: formats.Date{Year: 2031, Month: 5, Day: 20, TwoDigitYear: true}}},
	}
	if got := part(t, doc, "DG1").Unverified; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	picture := part(t, doc, "DG2").Unverified.Portrait
	if picture == nil || picture.MediaType != "image/jpeg" || !bytes.Equal(picture.Data, chip.Portrait("maren")) {
		t.Errorf("%+v", picture)
	}
	if s := extra(part(t, doc, "EF.SOD"), "sod.data_groups"); s != "DG1 DG2" {
		t.Errorf("sealed groups %q", s)
	}
	if len(doc.Seals) != 1 {
		t.Fatalf("%d seals", len(doc.Seals))
	}
	seal := doc.Seals[0]
	if seal.Envelope != "CMS" || seal.Role != formats.Issuer || seal.Problem != (formats.Problem{}) || seal.Signer.Country != "UT" || seal.Signer.DocumentType != "P" ||
		len(seal.Signer.Chain) == 0 || !bytes.Equal(seal.Signer.Chain[0], c.Signer.Cert) {
		t.Errorf("%+v", seal)
	}
	for _, p := range doc.Parts[:2] {
		object := c.LDS.Encode(c.Groups)
		if len(p.Path) != 2 || p.Seal != 0 || !bytes.Equal(p.Path[0].Data, object) || !bytes.Equal(p.Path[1].Data, files[p.Name]) ||
			!bytes.Equal(p.Path[1].Digest, pki.Digest(crypto.SHA256, files[p.Name])) || !bytes.Contains(seal.Signed, p.Path[0].Digest) {
			t.Errorf("%s: the path does not lead from the signed attributes over the security object to the file", p.Name)
		}
	}
	if p := part(t, doc, "EF.SOD"); p.Seal != 0 || len(p.Path) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestEveryPlaceOfAChipIsRead(t *testing.T) {
	c := chip.GoodBrainpool().With(3, chip.Prints(3, "mali")).With(5, chip.DisplayedPortrait("mali")).With(7, chip.Signature("mali")).
		With(13, chip.DG13([]byte("of its own"))).With(16, chip.DG16("QUILL<<TOBIAS", "+0001"))
	doc := decode(t, c, formats.Options{})
	if n := notable(doc); len(n) != 0 {
		t.Errorf("%q", n)
	}
	if want := []string{"DG1", "DG2", "DG3", "DG5", "DG7", "DG11", "DG12", "DG13", "DG14", "DG15", "DG16", "EF.SOD"}; !slices.Equal(names(doc), want) {
		t.Errorf("%v", names(doc))
	}
	dg11 := part(t, doc, "DG11").Unverified
	wantHolder := []formats.Subject{{
		Names: []formats.Name{{Family: mint.Mali.Family, Given: mint.Mali.Given, Source: "DG11"}}, Birth: formats.Date{Year: 1990, Month: 4, Day: 13},
	}}
	if !reflect.DeepEqual(dg11.Subjects, wantHolder) {
		t.Errorf("%+v", dg11.Subjects)
	}
	for _, want := range []struct{ part, name, value string }{
		{"DG5", "DG5.displayed_portrait", "image/jpeg, "}, {"DG7", "DG7.displayed_signature", "image/jpeg, "},
		{"DG2", "DG2.record", "ISO/IEC 19794-5"}, {"DG2", "DG2.portrait_type", "full frontal"},
		{"DG11", "DG11.place_of_birth", "UTOPIA CITY"}, {"DG12", "DG12.issuing_authority", "MINISTRY OF TRAVEL"}, {"DG12", "DG12.date_of_issue", "2021-05-20"},
		{"DG14", "DG14.protocol", "chip authentication"}, {"DG15", "DG15.key", "EC"}, {"DG16", "DG16.person", "QUILL TOBIAS"},
		{"EF.SOD", "sod.lds_version", "0108"}, {"EF.SOD", "sod.digests", "SHA-384"},
	} {
		if got := extra(part(t, doc, want.part), want.name); len(got) < len(want.value) || got[:len(want.value)] != want.value {
			t.Errorf("%s is %q, want %q", want.name, got, want.value)
		}
	}
	for _, silent := range []string{"DG3", "DG13"} {
		if got := part(t, doc, silent); !reflect.DeepEqual(got.Unverified, formats.Claims{}) || got.Seal != 0 {
			t.Errorf("%s says %+v", silent, got)
		}
	}
	// Persons to notify are no holders.
	if n := len(part(t, doc, "DG16").Unverified.Subjects); n != 0 {
		t.Errorf("%d holders in DG16", n)
	}
}

// One holder in two scripts stays one holder, and who is accepted is who was sealed.
func TestAChipUnderATrustedSignerIsAccepted(t *testing.T) {
	for name, c := range map[string]chip.Chip{
		"P-256": chip.Good(), "PSS": chip.GoodPSS(), "BER and PKCS #1": chip.GoodBER(), "a name in two scripts": bilingual(),
	} {
		v := trusting(t, verify.DefaultPolicy(emrtd.ID), c.Signer)
		opened, err := v.Open(context.Background(), input(c.Files()))
		if err != nil {
			t.Errorf("%s: %v %+v", name, err, v.Inspect(context.Background(), []formats.Input{input(c.Files())}).Documents[0].Findings)
			continue
		}
		claims := opened.Claims()
		if len(claims.Subjects) != 1 || claims.Portrait == nil || len(claims.Documents) != 1 {
			t.Errorf("%s: %+v", name, claims)
		}
		if want := name == "a name in two scripts"; (len(claims.Subjects[0].Names) == 2) != want {
			t.Errorf("%s: %+v", name, claims.Subjects[0].Names)
		}
	}
}

// bilingual is a passport with a name in its national script.
func bilingual() chip.Chip {
	c := chip.Of(mint.Yunfan.Passport("UT0099001", "M").TD3(), "yunfan", chip.Utopia().DSC)
	return c.With(11, chip.DG11(chip.Detail{Name: mint.Yunfan.Family + "<<" + mint.Yunfan.Given, Birth: "19960830"}))
}
