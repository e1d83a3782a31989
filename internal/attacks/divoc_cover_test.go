package attacks_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/divoc"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// The signature of a credential covers what its contexts make of it. These attacks leave it whole.
func TestA36_CredentialChangedWhereItsSignatureDoesNotLook(t *testing.T) {
	notChecked, schema := unchecked(verify.SealUnsupported), doubted(verify.ContentSchema)
	bare := credential.Set("962433308V", "credentialSubject", "id")
	sameDay := credential.Set("2025-10-03", inEntry("effectiveUntil")...)
	context := func(value any, path ...any) mint.Credential {
		return credential.Alter(value, append([]any{"@context"}, path...)...)
	}
	url := "http://" + network.address + "/context"
	attackCredential(t, credential,
		credentialMutant("another context's address", context(url, 1), unreadable(formats.CodeVersion)),
		credentialMutant("a further context's address", context(url, 2), unreadable(formats.CodeVersion)),
		credentialMutant("a context in a file", context("file:///etc/passwd", 1), unreadable(formats.CodeVersion)),
		credentialMutant("a context in the text", context(mint.JSONObject{{Name: "name", Value: "https://schema.org/gender"}}, 2), unreadable(formats.CodeEnvelope)),
		credentialMutant("a context that drops a term", context(mint.JSONObject{{Name: "Person", Value: mint.JSONRaw("null")}}, 2), unreadable(formats.CodeEnvelope)),
		credentialMutant("a vocabulary for all that is unknown", context(mint.JSONObject{{Name: "@vocab", Value: "https://evil.example/"}}, 2), unreadable(formats.CodeEnvelope)),
		credentialMutant("no context", credential.Strip("@context"), unreadable(formats.CodeEnvelope)),
		credentialMutant("an empty context", context([]any{}), unreadable(formats.CodeEnvelope)),
		credentialMutant("a context within", credential.Alter(mint.JSONObject{}, "credentialSubject", "@context"), unreadable(formats.CodeEnvelope)),

		credentialMutant("a member that is not defined", credential.Alter("Comirnaty", inEntry("medicinalProduct")...), notChecked),
		credentialMutant("a member of the later context", credential.Alter("1999-09-09", "credentialSubject", "dob"), notChecked),
		credentialMutant("a type that is not defined", credential.Alter("Diplomat", "credentialSubject", "type"), notChecked),
		credentialMutant("a member by its property", credential.Alter("Somebody Else", "credentialSubject", "https://schema.org/name"), notChecked),
		credentialMutant("a member by its short property", credential.Alter("Somebody Else", "credentialSubject", "schema:name"), notChecked),
		credentialMutant("a graph beside it", credential.Alter([]any{}, "@graph"), unreadable(formats.CodeEnvelope)),
		credentialMutant("a value as an object", credential.Alter(mint.JSONObject{{Name: "@value", Value: "41"}}, "credentialSubject", "age"), unreadable(formats.CodeEnvelope)),

		credentialMutant("a bare id", bare, doubted(verify.PartUnsealed)),
		credentialMutant("a bare id, another holder", bare.Alter("Somebody Else", "credentialSubject", "name").Alter("M", "credentialSubject", "gender"), doubted(verify.PartUnsealed)),
		credentialMutant("a bare id put in", credential.Alter("962433308V", "credentialSubject", "id"), disproved(verify.SealMismatch)),
		credentialMutant("the label of another object", credential.Alter("_:b1", "credentialSubject", "id"), notChecked),
		credentialMutant("the name of another object", credential.Alter(mint.CredentialIssuer+"vaccine/72040918351", "credentialSubject", "id"), notChecked),
		credentialMutant("a bare issuer", credential.Alter("utopia", "issuer"), notChecked),

		credentialMutant("doses exchanged", credential.Alter(2, inEntry("dose")...).Alter(1, inEntry("totalDoses")...), schema),
		credentialMutant("dates exchanged", credential.Alter("2025-12-26", inEntry("date")...).Alter("2025-10-03T04:28:43.134Z", inEntry("effectiveUntil")...), schema),
		credentialMutant("numbers exchanged", credential.Alter("UT-4471-B", inEntry("certificateId")...).Alter("72040918351", inEntry("batch")...), schema),
		credentialMutant("both doses in one", credential.Alter([]any{1, 2}, inEntry("dose")...).Strip(inEntry("totalDoses")...), schema),
		credentialMutant("a value that is there twice, once", sameDay.Strip(inEntry("effectiveUntil")...), schema),
		credentialMutant("vaccine and batch exchanged", credential.Alter("UT-4471-B", inEntry("vaccine")...).Alter("COVISHIELD", inEntry("batch")...), noted(verify.DecodeTolerant)),
		credentialMutant("members in another order", credential.Strip("issuer").Alter(mint.CredentialIssuer, "issuer"), noted(verify.DecodeTolerant)),
	)
	if n := network.sprung.Load(); n != 0 {
		t.Fatalf("%d connections", n)
	}
}

// What a tolerance lets through is at best referred, and does not show what is not signed.
func TestA36_UnknownMembersThatAreTolerated(t *testing.T) {
	v := verifier(t, load(t, mint.CredentialTrust()), formats.Options{Tolerate: []string{"unknown-member"}}, further(divoc.Format)...)
	d := demand(t, v, "a member added", formats.Text(credential.Alter("Comirnaty", inEntry("medicinalProduct")...).Build().Text), doubted(verify.DecodeDoubtful))
	for _, f := range d.Verified.Extra {
		if f.Value == "Comirnaty" {
			t.Errorf("%+v is shown as verified", f)
		}
	}
	demand(t, v, "and forged", formats.Text(credential.Resign(forger(mint.RSA2048)).Alter("x", "note").Build().Text), disproved(verify.SealMismatch))
}

func TestA37_CredentialThatIsAPoisonGraph(t *testing.T) {
	refused := unreadable(formats.CodeLimit)
	entries := func(n int, members ...mint.VDSMember) []any {
		list := make([]any, n)
		for i := range list {
			list[i] = append(mint.JSONObject{{Name: "type", Value: "Vaccination"}}, members...)
		}
		return list
	}
	named := make([]any, 1200)
	for i := range named {
		named[i] = strings.Repeat("x", i)
	}
	ring := []any{
		mint.JSONObject{{Name: "id", Value: "_:a"}, {Name: "type", Value: "Vaccination"}, {Name: "facility", Value: mint.JSONObject{{Name: "id", Value: "_:b"}}}},
		mint.JSONObject{{Name: "id", Value: "_:b"}, {Name: "type", Value: "Vaccination"}, {Name: "facility", Value: mint.JSONObject{{Name: "id", Value: "_:a"}}}},
	}
	v := credentials(t)
	demand(t, v, "the sibling", formats.Text(credential.Build().Text), accepted)
	for name, c := range map[string]struct {
		doc  mint.Credential
		want want
	}{
		"ten entries that look alike":  {credential.Alter(entries(10), "evidence"), refused},
		"thousands":                    {credential.Alter(entries(2000), "evidence"), refused},
		"clinics that look alike":      {credential.Alter(entries(4, mint.VDSMember{Name: "facility", Value: []any{mint.JSONObject{}, mint.JSONObject{}, mint.JSONObject{}, mint.JSONObject{}, mint.JSONObject{}}}), "evidence"), refused},
		"a ring of labels":             {credential.Alter(ring, "evidence"), unchecked(verify.SealUnsupported)},
		"more statements than allowed": {credential.Alter(named, "credentialSubject", "name"), refused},
		"as many as are read":          {credential.Alter(entries(4), "evidence"), disproved(verify.SealMismatch)},
	} {
		in := formats.Text(c.doc.Build().Text)
		t.Run(name, func(t *testing.T) {
			bounded(t, name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
			demand(t, v, name, in, c.want)
		})
	}
}

func TestA90_CredentialOfDepthAndNumber(t *testing.T) {
	v := credentials(t)
	demand(t, v, "the sibling", formats.Text(credential.Build().Text), accepted)
	for name, text := range map[string]string{
		"ten thousand arrays":  credential.Alter(mint.JSONRaw(strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000)), "credentialSubject").Build().Text,
		"ten thousand objects": credential.Alter(mint.JSONRaw(strings.Repeat(`{"a":`, 10_000)+"1"+strings.Repeat("}", 10_000)), "evidence").Build().Text,
		"60,000 members":       credential.Alter(mint.JSONRaw("["+strings.Repeat("1,", 60_000)+"1]"), "credentialSubject", "name").Build().Text,
		"a text of a megabyte": credential.Alter(strings.Repeat("x", 1<<20), "credentialSubject", "name").Build().Text,
	} {
		t.Run(name, func(t *testing.T) {
			in := formats.Text(text)
			bounded(t, name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
			demand(t, v, name, in, unreadable(formats.CodeLimit))
		})
	}
}

func TestA86A93_CredentialInAHostileArchive(t *testing.T) {
	built := credential.Build()
	sound := mint.ArchiveFile{Name: "certificate.json", Data: []byte(built.JSON)}
	many := make([]mint.ArchiveFile, 200)
	for i := range many {
		many[i] = mint.ArchiveFile{Name: strings.Repeat("x", i+1)}
	}
	directory := bytes.Index(built.Archive, []byte("PK\x01\x02"))
	end := len(built.Archive) - 22
	set := func(at int, with ...byte) []byte {
		b := bytes.Clone(built.Archive)
		copy(b[at:], with)
		return b
	}
	size := func(n uint32) []byte { return set(directory+24, binary.LittleEndian.AppendUint32(nil, n)...) }
	local := func(at int, with ...byte) []byte {
		b := set(at, with...)
		copy(b[directory+at+2:], with)
		return b
	}
	encoding, limit := unreadable(formats.CodeEncoding), unreadable(formats.CodeLimit)
	v := credentials(t)
	for _, m := range []struct {
		name    string
		archive []byte
		want    want
	}{
		{"the sibling", built.Archive, accepted},
		{"a bomb", mint.Archive(mint.ArchiveFile{Name: "certificate.json", Data: make([]byte, 4<<20)}), limit},
		{"a bomb beside it", mint.Archive(sound, mint.ArchiveFile{Name: "bomb", Data: make([]byte, 4<<20)}), noted(verify.DecodeTolerant)},
		{"200 files", mint.Archive(append(many, sound)...), limit},
		{"65,534 files announced", set(end+8, 0xfe, 0xff, 0xfe, 0xff), limit},
		{"two certificates", mint.Archive(sound, sound), encoding},
		{"a folder on the way", mint.Archive(mint.ArchiveFile{Name: "x/certificate.json", Data: sound.Data}), encoding},
		{"a path out of the folder", mint.Archive(mint.ArchiveFile{Name: "../certificate.json", Data: sound.Data}), encoding},
		{"an absolute path", mint.Archive(mint.ArchiveFile{Name: "/certificate.json", Data: sound.Data}), encoding},
		{"an archive in the archive", mint.Archive(mint.ArchiveFile{Name: "certificate.json", Data: built.Archive}), unreadable(formats.CodePayload)},
		{"a size that lies", size(10), encoding},
		{"a size of gigabytes", size(1 << 31), encoding},
		{"ZIP64", size(0xFFFFFFFF), encoding},
		{"ZIP64 at the end", set(end+16, 0xFF, 0xFF, 0xFF, 0xFF), encoding},
		{"encrypted", local(6, 1), encoding},
		{"another method", local(8, 12), encoding},
		{"another name in front", set(30, 'C'), encoding},
		{"overlapping", set(directory+42, 1), encoding},
		{"a link", set(directory+38, 0, 0, 0xff, 0xa1), noted(verify.DecodeTolerant)}, // nothing is written anywhere
		{"in two parts", set(end+4, 1), encoding},
		{"a comment that hides a second archive", append(set(end+20, byte(len(built.Archive)), byte(len(built.Archive)>>8)), built.Archive...), encoding},
	} {
		t.Run(m.name, func(t *testing.T) {
			in := formats.Text(mint.InBase64.Write("", m.archive))
			bounded(t, m.name, func() { v.Inspect(t.Context(), []formats.Input{in}) })
			demand(t, v, m.name, in, m.want)
		})
	}
}

func TestA98_CredentialFullOfAddresses(t *testing.T) {
	before := network.sprung.Load()
	for _, url := range []string{
		"http://" + network.address + "/", "http://localhost/", "http://169.254.169.254/latest/meta-data", "https://[::ffff:127.0.0.1]/", "file:///etc/passwd",
		"ftp://" + network.address + "/x", "https://user@" + network.address + "/",
	} {
		attackCredential(t, credential,
			credentialMutant("the issuer "+url, credential.Set(url, "issuer"), untrusted(verify.SealSignerUnknown)),
			credentialMutant("the status "+url, credential.Alter(mint.JSONObject{{Name: "id", Value: url}}, "credentialStatus"), disproved(verify.SealMismatch)),
			credentialMutant("links "+url, credential.Set(url, inEntry("infoUrl")...).Set(url, inEntry("feedbackUrl")...), noted(verify.DecodeTolerant)),
			credentialMutant("the context "+url, credential.Alter(url, "@context", 1), unreadable(formats.CodeVersion)),
		)
	}
	if n := network.sprung.Load(); n != before {
		t.Fatalf("%d connections", n-before)
	}
}
