package nzcp_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
)

func uuid(change func([]byte) []byte) mint.Bytes {
	id, _ := mint.Get(pass.Token.Claims, mint.ClaimTokenID)
	return change([]byte(string(id.(mint.Bytes))))
}

func byteAt(i int, value byte) mint.Bytes {
	return uuid(func(b []byte) []byte { b[i] = value; return b })
}

func text(n int, letter string) mint.Text { return mint.Text(strings.Repeat(letter, n)) }

// The rules of "CWT Claims", "Verifiable Credential Claim Structure" and "PublicCovidPass", one breach each.
func TestEachBreachIsNamedAndTheRestIsRead(t *testing.T) {
	subject := func(value mint.Item, name string) mint.Pass { return pass.Set(value, "credentialSubject", name) }
	const cti, vc = mint.ClaimTokenID, mint.ClaimCredential
	for name, c := range map[string]struct {
		pass mint.Pass
		want string
	}{
		"nothing": {pass, ""},

		"no issuer":                  {pass.DropClaim(mint.ClaimIssuer), "claim 1 (iss): missing"},
		"an issuer in bytes":         {pass.SetClaim(mint.Bytes(mint.PassIssuer), mint.ClaimIssuer), "claim 1 (iss): missing or not a text"},
		"a country for an issuer":    {pass.SetClaim(mint.Text("NZ"), mint.ClaimIssuer), "claim 1 (iss): not a DID"},
		"an address for an issuer":   {pass.SetClaim(mint.Text("https://pass.utopia.example"), mint.ClaimIssuer), "claim 1 (iss): not a DID"},
		"a DID of another method":    {pass.SetClaim(mint.Text("did:key:z6Mk"), mint.ClaimIssuer), "claim 1 (iss): not a DID"},
		"no beginning":               {pass.DropClaim(mint.ClaimNotBefore), "claim 5 (nbf): missing"},
		"no end":                     {pass.DropClaim(mint.ClaimExpires), ""}, // Validity.MustExpire says it
		"no identifier":              {pass.DropClaim(cti), "claim 7 (cti): missing"},
		"an identifier as text":      {pass.SetClaim(mint.Text("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), cti), "claim 7 (cti): missing or not a byte string"},
		"an empty identifier":        {pass.SetClaim(mint.Bytes(nil), cti), "claim 7 (cti): not the 16 bytes"},
		"15 bytes":                   {pass.SetClaim(uuid(func(b []byte) []byte { return b[:15] }), cti), "claim 7 (cti): not the 16 bytes"},
		"17 bytes":                   {pass.SetClaim(uuid(func(b []byte) []byte { return append(b, 0) }), cti), "claim 7 (cti): not the 16 bytes"},
		"zeros":                      {pass.SetClaim(mint.Bytes(make([]byte, 16)), cti), "claim 7 (cti): not a UUID"},
		"another variant":            {pass.SetClaim(byteAt(8, 0xc0), cti), "claim 7 (cti): not a UUID"},
		"version 0":                  {pass.SetClaim(byteAt(6, 0x0f), cti), "claim 7 (cti): not a UUID"},
		"version 6":                  {pass.SetClaim(byteAt(6, 0x60), cti), "claim 7 (cti): not a UUID"},
		"version 1":                  {pass.SetClaim(byteAt(6, 0x1f), cti), ""},
		"version 5":                  {pass.SetClaim(byteAt(6, 0x50), cti), ""},
		"no context":                 {pass.Drop("@context"), "vc.@context: missing"},
		"an empty context":           {pass.Set(mint.Array{}, "@context"), "vc.@context: missing, empty"},
		"a context that is a text":   {pass.Set(mint.Text("https://www.w3.org/2018/credentials/v1"), "@context"), "vc.@context: missing, empty or not an array"},
		"a number among contexts":    {pass.Set(mint.Int(1), "@context", 1), "vc.@context: an element"},
		"another first context":      {pass.Set(mint.Text("https://www.w3.org/ns/credentials/v2"), "@context", 0), "vc.@context: the first element"},
		"the W3C's context alone":    {pass.Set(mint.Array{mint.Text("https://www.w3.org/2018/credentials/v1")}, "@context"), ""},
		"no version":                 {pass.Drop("version"), "vc.version: missing"},
		"a number for the version":   {pass.Set(mint.Int(1), "version"), "vc.version: missing or not a text"},
		"version 1.0.1":              {pass.Set(mint.Text("1.0.1"), "version"), "vc.version: a version"},
		"an empty version":           {pass.Set(mint.Text(""), "version"), "vc.version: a version"},
		"no subject":                 {pass.Drop("credentialSubject"), "vc.credentialSubject: missing"},
		"a list of subjects":         {pass.Set(mint.Array{}, "credentialSubject"), "vc.credentialSubject: missing or not a map"},
		"no given name":              {pass.Drop("credentialSubject", "givenName"), "vc.credentialSubject.givenName: missing"},
		"an empty given name":        {subject(mint.Text(""), "givenName"), "vc.credentialSubject.givenName: empty"},
		"a number for a given name":  {subject(mint.Int(1), "givenName"), "vc.credentialSubject.givenName: not a text"},
		"a given name of 101":        {subject(text(101, "A"), "givenName"), "vc.credentialSubject.givenName: longer"},
		"a given name of 100":        {subject(text(100, "A"), "givenName"), ""},
		"100 letters in 300 bytes":   {subject(text(100, "ก"), "givenName"), ""},
		"101 letters in 303 bytes":   {subject(text(101, "ก"), "givenName"), "vc.credentialSubject.givenName: longer"},
		"no family name":             {pass.Drop("credentialSubject", "familyName"), ""},
		"an empty family name":       {subject(mint.Text(""), "familyName"), ""},
		"null for a family name":     {subject(mint.Null{}, "familyName"), "vc.credentialSubject.familyName: not a text"},
		"a family name of 101":       {subject(text(101, "A"), "familyName"), "vc.credentialSubject.familyName: longer"},
		"no birth date":              {pass.Drop("credentialSubject", "dob"), "vc.credentialSubject.dob: missing"},
		"an empty birth date":        {subject(mint.Text(""), "dob"), "vc.credentialSubject.dob: missing, empty"},
		"a number for a birth date":  {subject(mint.Int(19840719), "dob"), "vc.credentialSubject.dob: missing, empty or not a text"},
		"a birth month":              {subject(mint.Text("1984-07"), "dob"), "vc.credentialSubject.dob: a date without a day"},
		"a birth year":               {subject(mint.Text("1984"), "dob"), "vc.credentialSubject.dob: a date without a day"},
		"a birth with a time":        {subject(mint.Text("1984-07-19T00:00:00Z"), "dob"), "vc.credentialSubject.dob: a date with a time"},
		"a birth the other way":      {subject(mint.Text("19-07-1984"), "dob"), "vc.credentialSubject.dob: "},
		"a day that does not exist":  {subject(mint.Text("1983-02-29"), "dob"), "vc.credentialSubject.dob: "},
		"a member in another case":   {subject(mint.Text("Other"), "GivenName"), ""},
		"a further member":           {subject(mint.Text("x"), "note"), ""},
		"a further claim":            {pass.SetClaim(mint.Text("x"), -70000), ""},
		"a claim of a text as label": {pass.SetClaim(mint.Text("x"), "iss"), ""},
		"a credential in capitals":   {pass.SetClaim(mint.Map{}, "VC"), ""},
		"a member of a number":       {pass.SetClaim(mint.Text("x"), vc, 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			doc := decode(t, c.pass)
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			if got := failing(doc); !begin(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			for _, check := range doc.Checks {
				if check.Kind != formats.Schema || check.Result != formats.Fails || check.Name != "schema" {
					t.Errorf("a check that is no breach of the specification: %+v", check)
				}
			}
		})
	}
}

func TestSeveralBreachesAreAllNamed(t *testing.T) {
	p := pass.DropClaim(mint.ClaimTokenID).Drop("version").Drop("credentialSubject", "dob").Drop("credentialSubject", "givenName")
	want := []string{"claim 7 (cti): missing", "vc.version: missing", "vc.credentialSubject.givenName: missing", "vc.credentialSubject.dob: missing"}
	if got := failing(decode(t, p)); !begin(got, want) {
		t.Errorf("%q", got)
	}
}

func TestWhatIsNoPassIsRefused(t *testing.T) {
	types := func(value mint.Item) mint.Pass { return pass.Set(value, "type") }
	const verifiable, public = mint.Text("VerifiableCredential"), mint.Text("PublicCovidPass")
	for name, c := range map[string]struct {
		pass mint.Pass
		step string
	}{
		"claims that are a list":   {token(func(h *mint.HCERT) { h.Claims = mint.Array{h.Claims} }), "CWT claims"},
		"a claim twice":            {token(func(h *mint.HCERT) { h.Claims = mint.Add(h.Claims, mint.Int(1), mint.Text("x")) }), "CWT claims"},
		"a member twice":           {token(func(h *mint.HCERT) { h.Claims = mint.Add(h.Claims, mint.Text("type"), mint.Array{}, "vc") }), "CWT claims"},
		"no credential":            {pass.DropClaim("vc"), "claim vc"},
		"a credential of text":     {pass.SetClaim(mint.Text("{}"), "vc"), "claim vc"},
		"a credential in bytes":    {pass.SetClaim(mint.Bytes("\xa0"), "vc"), "claim vc"},
		"an empty credential":      {pass.SetClaim(mint.Map{}, "vc"), "vc.type"},
		"no type":                  {pass.Drop("type"), "vc.type"},
		"a type that is a text":    {types(public), "vc.type"},
		"one type":                 {types(mint.Array{verifiable}), "vc.type"},
		"the types the other way":  {types(mint.Array{public, verifiable}), "vc.type"},
		"three types":              {types(mint.Array{verifiable, public, mint.Text("x")}), "vc.type"},
		"another pass":             {types(mint.Array{verifiable, mint.Text("TravelPass")}), "vc.type"},
		"the types in other case":  {types(mint.Array{mint.Text("verifiableCredential"), public}), "vc.type"},
		"the types in bytes":       {types(mint.Array{verifiable, mint.Bytes("PublicCovidPass")}), "vc.type"},
		"a certificate of the EU":  {token(func(h *mint.HCERT) { h.Claims = mint.Vaccination(signer).Claims }), "claim vc"},
		"a credential in its JSON": {pass.SetClaim(mint.Text(`{"type":["VerifiableCredential","PublicCovidPass"]}`), "vc"), "claim vc"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.pass, formats.CodePayload, c.step) })
	}
	for name, c := range map[string]struct {
		claims func([]byte) []byte
		code   string
	}{
		"cut":        {func(b []byte) []byte { return b[:len(b)-1] }, formats.CodeTruncated},
		"a byte":     {func(b []byte) []byte { return append(b, 0) }, formats.CodeTrailing},
		"none":       {func([]byte) []byte { return nil }, formats.CodeTruncated},
		"indefinite": {func(b []byte) []byte { return append(append([]byte{0xbf}, b[1:]...), 0xff) }, formats.CodeNonCanonical},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, token(func(h *mint.HCERT) { h.Hooks.Payload = c.claims }), c.code, "CWT claims")
		})
	}
}

func TestNumericDatesAreIntegers(t *testing.T) {
	steps := map[int]string{mint.ClaimExpires: "claim 4 (exp)", mint.ClaimNotBefore: "claim 5 (nbf)"}
	for claim, step := range steps {
		for _, seconds := range []int64{0, 1, 1768469400, 253402300799} {
			v := decode(t, pass.SetClaim(mint.Int(seconds), claim)).Validity
			got := map[int]time.Time{mint.ClaimExpires: v.NotAfter, mint.ClaimNotBefore: v.NotBefore}[claim]
			if got.Unix() != seconds || got.IsZero() || got.Location() != time.UTC {
				t.Errorf("%s: %v, want second %d", step, got, seconds)
			}
		}
		for _, value := range []mint.Item{
			mint.Int(-1), mint.Int(253402300800), mint.Int(math.MinInt64), mint.Uint(math.MaxUint64),
			mint.Float64(1768469400), mint.Float64(math.NaN()), mint.Float32(1), mint.Float16(0),
			mint.Text("1768469400"), mint.Text("2026-01-15T09:30:00Z"), mint.Bytes{1}, mint.Null{}, mint.Bool(true), mint.Array{mint.Int(1)}, mint.Map{},
			mint.Tag{Number: 1, Content: mint.Int(1)}, mint.Tag{Number: 2, Content: mint.Bytes{1}},
		} {
			refused(t, pass.SetClaim(value, claim), formats.CodePayload, step)
		}
	}
}
