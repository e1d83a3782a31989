package scan_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
)

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(b) // into memory
	_ = w.Close()
	return out.Bytes()
}

// Only dir with A256GCM is ever tried. What costs work, brings keys or expands is refused before it does.
func TestA88_FilesEncryptedInAnotherWayAreRefused(t *testing.T) {
	s := newSharer(t)
	header := mint.FileHeader()
	good := encrypted(cardFile)
	part := strings.Split(good, ".")
	with := func(h mint.JSONObject) string { return mint.EncryptedFile(mint.LinkKey, h, []byte(cardFile)) }
	zip := func(content []byte) string {
		return mint.EncryptedFile(mint.LinkKey, header.Set("DEF", "zip"), content)
	}
	stream := mint.Deflate([]byte(cardFile))
	for name, c := range map[string]struct {
		jwe  string
		want error
	}{
		"passwords, two billion times": {with(header.Set("PBES2-HS256+A128KW", "alg").Set(2147483647, "p2c").Set("AA", "p2s")), scan.ErrJWE},
		"a wrapped key that is empty":  {with(header.Set("A128KW", "alg")), scan.ErrJWE},
		"a key for RSA":                {with(header.Set("RSA1_5", "alg")), scan.ErrJWE},
		"a key for a curve":            {with(header.Set("ECDH-ES", "alg")), scan.ErrJWE},
		"no algorithm":                 {with(header.Drop("alg")), scan.ErrJWE},
		"none":                         {with(header.Set("none", "alg")), scan.ErrJWE},
		"alg in capitals":              {with(header.Set("DIR", "alg")), scan.ErrJWE},
		"128 bits":                     {with(header.Set("A128GCM", "enc")), scan.ErrJWE},
		"CBC":                          {with(header.Set("A256CBC-HS512", "enc")), scan.ErrJWE},
		"no encryption":                {with(header.Drop("enc")), scan.ErrJWE},
		"another compression":          {with(header.Set("GZIP", "zip")), scan.ErrJWE},
		"a compression of a number":    {with(header.Set(1, "zip")), scan.ErrJWE},
		"something critical":           {with(header.Set([]any{"x"}, "crit")), scan.ErrJWE},
		"alg twice":                    {mint.EncryptedFile(mint.LinkKey, header.Add("alg", "PBES2-HS256+A128KW"), []byte(cardFile)), scan.ErrJWE},
		"a key in the message":         {part[0] + ".AAAA." + strings.Join(part[2:], "."), scan.ErrJWE},
		"a short nonce":                {part[0] + "..AAAA." + part[3] + "." + part[4], scan.ErrJWE},
		"a short tag":                  {strings.Join(part[:4], ".") + ".AAAA", scan.ErrJWE},
		"no tag":                       {strings.Join(part[:4], ".") + ".", scan.ErrJWE},
		"four parts":                   {strings.Join(part[:4], "."), scan.ErrJWE},
		"six parts":                    {good + ".", scan.ErrJWE},
		"a million dots":               {strings.Repeat(".", 1_000_000), scan.ErrJWE},
		"padding":                      {good + "=", scan.ErrJWE},
		"a JWS":                        {card, scan.ErrJWE},
		"nothing":                      {"", scan.ErrJWE},
		"a header of no JSON":          {"AAAA" + strings.TrimPrefix(good, part[0]), scan.ErrJWE},
		"a header of another message":  {with(header.Set("x", "y"))[:0] + strings.Replace(good, part[0], part[0][:len(part[0])-4]+"AAAA", 1), scan.ErrJWE},
		"a bit of the text flipped":    {strings.Join([]string{part[0], part[1], part[2], "A" + part[3][1:], part[4]}, "."), scan.ErrJWE},
		"a bomb":                       {zip(zeros(t, 64)), scan.ErrTooLarge},
		"a stream cut":                 {zip(stream[:len(stream)-1]), scan.ErrJWE},
		"two streams":                  {zip(append(stream[:len(stream):len(stream)], stream...)), scan.ErrJWE},
		"no stream":                    {zip([]byte(cardFile)), scan.ErrJWE},
	} {
		s.serve("/f", c.jwe)
		inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private)
		if err != nil || len(inputs) != 1 || inputs[0].Err == nil || !errors.Is(inputs[0].Err, c.want) {
			t.Errorf("%s: %v, %v", name, inputs, err)
		}
	}
	s.serve("/f", zip(stream))
	if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private); err != nil || lone(inputs[0]) != cardFile {
		t.Errorf("the sibling: %v, %v", inputs, err)
	}
}

// zeros is a DEFLATE stream of some MiB of zeros, in as many kB.
func zeros(t *testing.T, mebibytes int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	for range mebibytes {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
