package lds_test

import (
	"bytes"
	"crypto"
	"testing"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/lds"
	mint "github.com/travelseal/travelseal/internal/mint/der"
)

const (
	sha1OID   = "1.3.14.3.2.26"
	sha256OID = "2.16.840.1.101.3.4.2.1"
)

func algorithm(oid string, parameters ...mint.Value) mint.TLV {
	return mint.Seq(append([]mint.Value{mint.OID(oid)}, parameters...)...)
}

func digest(group int64, length int) mint.TLV {
	return mint.Seq(mint.Int(group), mint.Octets(bytes.Repeat([]byte{byte(group)}, length)))
}

// object is a security object of version 0.
func object(version int64, hash mint.Value, digests []mint.Value, more ...mint.Value) mint.TLV {
	return mint.And(mint.Seq(mint.Int(version), hash, mint.Seq(digests...)), more...)
}

func versions(structure, unicode string) mint.TLV {
	return mint.Seq(mint.Printable(structure), mint.Printable(unicode))
}

var two = []mint.Value{digest(1, 32), digest(2, 32)}

func TestASecurityObjectNamesADigestOfEachGroup(t *testing.T) {
	for oid, hash := range map[string]crypto.Hash{
		sha1OID: crypto.SHA1, "2.16.840.1.101.3.4.2.4": crypto.SHA224, sha256OID: crypto.SHA256,
		"2.16.840.1.101.3.4.2.2": crypto.SHA384, "2.16.840.1.101.3.4.2.3": crypto.SHA512,
	} {
		for _, parameters := range [][]mint.Value{nil, {mint.Null()}} {
			list := []mint.Value{digest(2, hash.Size()), digest(1, hash.Size()), digest(16, hash.Size())}
			o, err := lds.ParseSecurityObject(object(0, algorithm(oid, parameters...), list).Encode())
			if err != nil {
				t.Fatalf("%v: %v", hash, err)
			}
			if o.Version != 0 || o.Hash != hash || !hash.Available() || len(o.Digests) != 3 || o.Digests[0].Group != 2 || o.LDSVersion != "" {
				t.Errorf("%+v", o)
			}
			for _, g := range []lds.Group{1, 2, 16} {
				if !bytes.Equal(o.Sum(g), bytes.Repeat([]byte{byte(g)}, hash.Size())) {
					t.Errorf("%v of %s: %x", hash, g, o.Sum(g))
				}
			}
			if o.Sum(3) != nil || o.Sum(0) != nil {
				t.Error("a digest that is not there")
			}
		}
	}
}

func TestVersionOneSaysWhichStructureItIs(t *testing.T) {
	o, err := lds.ParseSecurityObject(object(1, algorithm(sha256OID), two, versions("0108", "040000")).Encode())
	if err != nil || o.Version != 1 || o.LDSVersion != "0108" || o.UnicodeVersion != "040000" {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestSecurityObjectsAreRefusedForAReason(t *testing.T) {
	good := algorithm(sha256OID)
	with := func(d ...mint.Value) mint.Value { return object(0, good, d) }
	many := make([]mint.Value, 17)
	for i := range many {
		many[i] = digest(int64(i+1), 32)
	}
	for name, c := range map[string]struct {
		object mint.Value
		cause  error
	}{
		"nothing":                            {mint.Raw(nil), der.ErrTruncated},
		"a set":                              {mint.Set(), der.ErrTag},
		"version 2":                          {object(2, good, two), lds.ErrVersion},
		"version -1":                         {object(-1, good, two), lds.ErrVersion},
		"version 256":                        {object(256, good, two), lds.ErrVersion},
		"a version of two bytes":             {mint.Seq(mint.IntBytes(0, 0), good, mint.Seq(two...)), lds.ErrVersion},
		"a version that is a boolean":        {mint.Seq(mint.Bool(false), good, mint.Seq(two...)), der.ErrTag},
		"version 0 with versions":            {object(0, good, two, versions("0108", "040000")), lds.ErrVersionInfo},
		"version 1 without":                  {object(1, good, two), lds.ErrVersionInfo},
		"MD5":                                {object(0, algorithm("1.2.840.113549.2.5", mint.Null()), two), lds.ErrHash},
		"an unknown hash":                    {object(0, algorithm("1.2.3"), two), lds.ErrHash},
		"SHA3-256":                           {object(0, algorithm("2.16.840.1.101.3.4.2.8"), two), lds.ErrHash},
		"the signature's algorithm":          {object(0, algorithm("1.2.840.113549.1.1.11", mint.Null()), two), lds.ErrHash},
		"parameters":                         {object(0, algorithm(sha256OID, mint.Int(1)), two), der.ErrTrailing},
		"a NULL with content":                {object(0, algorithm(sha256OID, mint.Primitive(mint.TagNull, []byte{0})), two), der.ErrValue},
		"two NULLs":                          {object(0, algorithm(sha256OID, mint.Null(), mint.Null()), two), der.ErrTrailing},
		"no list":                            {mint.Seq(mint.Int(0), good), der.ErrTruncated},
		"an empty list":                      {with(), lds.ErrEmpty},
		"group 0":                            {with(digest(1, 32), digest(0, 32)), lds.ErrGroup},
		"group 17":                           {with(many...), lds.ErrGroup},
		"group -1":                           {with(digest(-1, 32)), lds.ErrGroup},
		"group 257":                          {with(digest(257, 32)), lds.ErrGroup},
		"a group twice":                      {with(digest(1, 32), digest(2, 32), digest(1, 32)), lds.ErrRepeated},
		"a group twice, otherwise":           {with(digest(2, 32), mint.Seq(mint.Int(2), mint.Octets(make([]byte, 32)))), lds.ErrRepeated},
		"a digest of another hash":           {with(digest(1, 20)), lds.ErrDigestLength},
		"a digest cut off":                   {with(digest(1, 32), digest(2, 31)), lds.ErrDigestLength},
		"an empty digest":                    {with(digest(1, 0)), lds.ErrDigestLength},
		"a digest that is a bit string":      {with(mint.Seq(mint.Int(1), mint.Bits(make([]byte, 32)))), der.ErrTag},
		"a digest without number":            {with(mint.Seq(mint.Octets(make([]byte, 32)))), der.ErrTag},
		"something after a digest":           {with(mint.And(digest(1, 32), mint.Null())), der.ErrTrailing},
		"something in the list":              {with(digest(1, 32), mint.Null()), der.ErrTag},
		"something after the list":           {object(0, good, two, mint.Null()), der.ErrTrailing},
		"something after the versions":       {object(1, good, two, versions("0108", "040000"), mint.Null()), der.ErrTrailing},
		"something in the versions":          {object(1, good, two, mint.And(versions("0108", "040000"), mint.Null())), der.ErrTrailing},
		"one version only":                   {object(1, good, two, mint.Seq(mint.Printable("0108"))), der.ErrTruncated},
		"an empty version of the structure":  {object(1, good, two, versions("", "040000")), lds.ErrText},
		"a word for a version":               {object(1, good, two, versions("one", "040000")), lds.ErrText},
		"a long version of Unicode":          {object(1, good, two, versions("0108", "01234567890123456")), lds.ErrText},
		"a version that is a UTF8String":     {object(1, good, two, mint.Seq(mint.UTF8("0108"), mint.UTF8("040000"))), der.ErrTag},
		"something after the object":         {mint.Trailing(object(0, good, two), 0), der.ErrTrailing},
		"itself again":                       {join(object(0, good, two), object(0, good, two)), der.ErrTrailing},
		"an indefinite length":               {mint.Indefinite(object(0, good, two)), der.ErrLength},
		"a length of more bytes than needed": {mint.Padded(object(0, good, two), 1), der.ErrLength},
		"a length beyond the end":            {mint.Claiming(object(0, good, two), 1<<30), der.ErrTruncated},
	} {
		data := c.object.Encode()
		got, err := lds.ParseSecurityObject(data)
		refused(t, name, got, err, c.cause, data)
	}
}

func TestASecurityObjectIsReadToTheLastByte(t *testing.T) {
	data := object(1, algorithm(sha256OID, mint.Null()), two, versions("0108", "040000")).Encode()
	for n := range data {
		if o, err := lds.ParseSecurityObject(data[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are read: %+v", n, len(data), o)
		}
	}
}
