package icao_test

import (
	"bytes"
	"encoding/pem"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist/icao"
)

func TestFilesOfCertificatesAreRead(t *testing.T) {
	csca, rsa, dsc := utopia.CSCA, utopia.RSA, utopia.DSC
	for name, c := range map[string]struct {
		data    []byte
		entries int
		cas     int
	}{
		"DER":          {csca.Cert, 1, 1},
		"one by one":   {slices.Concat(csca.Cert, rsa.Cert, dsc.Cert), 3, 2},
		"PEM":          {csca.PEM(), 1, 1},
		"PEM, several": {slices.Concat([]byte("Utopia\n"), csca.PEM(), []byte("and\n"), rsa.PEM(), csca.PEM()), 3, 2},
	} {
		entries, err := icao.ReadCertificates(name, c.data)
		cas := 0
		for _, e := range entries {
			if e.Dropped == "" {
				cas++
			}
		}
		if err != nil || len(entries) != c.entries || cas != c.cas {
			t.Errorf("%s: %d entries, %d of CAs, %v", name, len(entries), cas, err)
		}
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	block := func(kind string, data []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}) }
	good := utopia.CSCA.PEM()
	for name, c := range map[string]struct {
		data []byte
		why  error
	}{
		"nothing":          {nil, icao.ErrFormat},
		"a page":           {[]byte("<html>"), icao.ErrFormat},
		"half":             {utopia.CSCA.Cert[:100], icao.ErrFormat},
		"padding":          {append(bytes.Clone(utopia.CSCA.Cert), 0, 0), icao.ErrFormat},
		"a signer":         {utopia.DSC.Cert, icao.ErrEmpty},
		"no certificate":   {[]byte{0x30, 0}, icao.ErrEmpty},
		"a private key":    {slices.Concat(good, block("PRIVATE KEY", []byte("x"))), icao.ErrPrivateKey},
		"a public key":     {slices.Concat(good, block("PUBLIC KEY", []byte("x"))), icao.ErrFormat},
		"a broken block":   {slices.Concat(good, []byte("-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n")), icao.ErrFormat},
		"too many":         {bytes.Repeat([]byte{0x30, 0}, 5001), icao.ErrLimit},
		"too many blocks":  {bytes.Repeat([]byte("-----BEGIN CERTIFICATE-----\n"), 5001), icao.ErrLimit},
		"revocation lists": {block("X509 CRL", utopia.CSCA.Revoke(pki.List(1))), icao.ErrFormat},
	} {
		entries, err := icao.ReadCertificates(name, c.data)
		refused(t, name, err, c.why)
		if entries != nil {
			t.Errorf("%s: refused, and gives entries all the same", name)
		}
	}
}

func TestFilesOfRevocationListsAreSplit(t *testing.T) {
	first, second := utopia.CSCA.Revoke(pki.List(1)), utopia.CSCA.Revoke(pki.List(2, utopia.DSC))
	block := func(data []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: data}) }
	for name, data := range map[string][]byte{"DER": slices.Concat(first, second), "PEM": slices.Concat(block(first), block(second))} {
		lists, err := icao.ReadRevocationLists(name, data)
		if err != nil || len(lists) != 2 || !bytes.Equal(lists[0].Raw, first) || !bytes.Equal(lists[1].Raw, second) || lists[1].CheckSignature(parse(utopia.CSCA.Cert)) != nil {
			t.Errorf("%s: %d lists, %v", name, len(lists), err)
		}
	}
	for name, data := range map[string][]byte{
		"page": []byte("<html>"), "certificate": utopia.CSCA.Cert, "half": first[:len(first)/2],
		"delta": utopia.CSCA.Revoke(pki.List(3).With(pki.DeltaIndicator(1))), "unknown": slices.Concat(first, utopia.CSCA.Revoke(pki.List(3).With(pki.UnknownCritical()))),
	} {
		lists, err := icao.ReadRevocationLists(name, data)
		refused(t, name, err, icao.ErrFormat)
		if lists != nil {
			t.Errorf("%s: refused, and gives lists all the same", name)
		}
	}
}
