package derev_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"errors"
	"maps"
	"testing"
	"testing/fstest"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/lists"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/derev"
)

var publisher = pki.NewKey(pki.P256, "distribution")

func trust(keys ...*pki.Key) derev.Trust {
	var t derev.Trust
	for _, k := range keys {
		p, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), k.Curve.Encode(k.Public, pki.Uncompressed))
		if err != nil {
			panic(err)
		}
		t.Publisher = append(t.Publisher, trustlist.Anchor{Role: trustlist.ListSigner, Key: p})
	}
	return t
}

func hash(prefix ...byte) []byte {
	h := make([]byte, 16)
	copy(h, prefix)
	h[15] = 1
	return h
}

func good() lists.RevokedTree {
	return lists.RevokedTree{
		"f5c5970c3039d854": {"0a": {hash(1, 2, 3)}, "0b": {hash(1, 2, 3), hash(1, 2, 4), hash(1, 7), hash(1, 9), hash(0xff, 0)}},
		"53918fd2ca29fe2a": {"0c": {hash(9)}},
	}
}

var whole = good().Files(publisher)

func tree(files map[string][]byte) fstest.MapFS {
	t := fstest.MapFS{}
	for name, data := range files {
		t[name] = &fstest.MapFile{Data: data}
	}
	return t
}

func TestATreeIsRead(t *testing.T) {
	got := map[string]int{}
	sum, err := derev.Read(tree(whole), trust(publisher), func(r trustlist.Revocation) error {
		got[r.Kind]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]int{"dcc.signature": 1, "dcc.uci": 5, "dcc.countrycode_uci": 1}; !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if sum.Keys != 2 || sum.Entries != 7 || sum.Files != 10 || !sum.Newest.Equal(time.Unix(1792483200, 0)) {
		t.Errorf("%+v", sum)
	}
}

// An app takes a file that is missing or not signed for an empty one. Here the whole tree is refused, and the file named.
func TestEveryFileIsNeededAndSigned(t *testing.T) {
	discard := func(trustlist.Revocation) error { return nil }
	foreign := good().Files(pki.NewKey(pki.P256, "stranger"))
	for name, data := range whole {
		for how, c := range map[string]struct {
			data []byte
			want error
		}{
			"missing":       {nil, derev.ErrMissing},
			"a stranger's":  {foreign[name], derev.ErrSignature},
			"a page":        {[]byte("<html>"), derev.ErrFormat},
			"cut":           {data[:len(data)-1], derev.ErrFormat},
			"a bit":         {append(append([]byte{}, data[:len(data)-1]...), data[len(data)-1]^1), derev.ErrSignature},
			"another thing": {lists.SignedCBOR(publisher, mint.Text("nothing")), derev.ErrFormat},
		} {
			files := maps.Clone(whole)
			if files[name] = c.data; c.data == nil {
				delete(files, name)
			}
			_, err := derev.Read(tree(files), trust(publisher), discard)
			var le *trustlist.LoadError
			if !errors.Is(err, c.want) || !errors.As(err, &le) || le.Source != name {
				t.Errorf("%s, %s: %v", name, how, err)
			}
		}
	}
	if _, err := derev.Read(tree(whole), derev.Trust{}, discard); !errors.Is(err, derev.ErrUnpinned) {
		t.Error(err)
	}
}

func TestATreeThatContradictsItselfIsRefused(t *testing.T) {
	discard := func(trustlist.Revocation) error { return nil }
	number, one := mint.Int(1), func(b ...byte) mint.Item { return mint.Bytes(b) }
	keys := func(types mint.Item) map[string][]byte {
		files := maps.Clone(whole)
		files["kid.lst"] = lists.SignedCBOR(publisher, mint.Map{{mint.Bytes([]byte{0xf5, 0xc5, 0x97, 0x0c, 0x30, 0x39, 0xd8, 0x54}), types}})
		return files
	}
	with := func(name string, content mint.Item) map[string][]byte {
		files := keys(mint.Map{{one(0x0a), number}})
		files[name] = lists.SignedCBOR(publisher, content)
		return files
	}
	const folder = "f5c5970c3039d8540a/"
	entry := func(items ...mint.Item) mint.Item { return mint.Map{{one(1), mint.Array(items)}} }
	for name, c := range map[string]struct {
		files map[string][]byte
		want  error
	}{
		"sound":                       {keys(mint.Map{{one(0x0a), number}}), nil},
		"a type that is not known":    {keys(mint.Map{{one(0x0d), number}}), derev.ErrFormat},
		"more hashes than there are":  {keys(mint.Map{{one(0x0a), mint.Int(2)}}), derev.ErrMissing},
		"no number":                   {keys(mint.Map{{one(0x0a), mint.Text("1")}}), derev.ErrFormat},
		"nothing revoked":             {with("kid.lst", mint.Map{}), derev.ErrEmpty},
		"an index without a time":     {with(folder+"index.lst", entry(number)), derev.ErrFormat},
		"a time before 1970":          {with(folder+"index.lst", entry(mint.Int(-1), number)), derev.ErrFormat},
		"an index of two bytes":       {with(folder+"index.lst", mint.Map{{one(1, 2), mint.Array{number, number}}}), derev.ErrFormat},
		"fewer than its parts":        {with(folder+"index.lst", entry(number, number, mint.Map{{one(2), mint.Array{number, mint.Int(2)}}})), derev.ErrMissing},
		"a chunk of another folder":   {with(folder+"01/02/chunk.lst", mint.Array{mint.Bytes(hash(1, 3))}), derev.ErrFormat},
		"a hash of 15":                {with(folder+"01/02/chunk.lst", mint.Array{mint.Bytes(hash(1, 2)[:15])}), derev.ErrFormat},
		"a hash too many":             {with(folder+"01/02/chunk.lst", mint.Array{mint.Bytes(hash(1, 2)), mint.Bytes(hash(1, 2, 3))}), derev.ErrMissing},
		"a chunk without the hash":    {with(folder+"01/02/chunk.lst", mint.Array{}), derev.ErrMissing},
		"a chunk of the first byte":   {with(folder+"index.lst", entry(number, number)), derev.ErrMissing},
		"parts that are no map":       {with(folder+"index.lst", entry(number, number, number)), derev.ErrFormat},
		"no hash of the second byte":  {with(folder+"index.lst", entry(number, number, mint.Map{{one(2), mint.Array{number, mint.Int(0)}}})), derev.ErrFormat},
		"a second byte of two bytes":  {with(folder+"index.lst", entry(number, number, mint.Map{{one(2, 3), mint.Array{number, number}}})), derev.ErrFormat},
		"its own chunk and its parts": {with(folder+"index.lst", entry(number, mint.Int(2), mint.Map{{one(2), mint.Array{number, number}}})), derev.ErrMissing},
	} {
		if _, err := derev.Read(tree(c.files), trust(publisher), discard); c.want == nil && err != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	stop := errors.New("enough")
	if _, err := derev.Read(tree(whole), trust(publisher), func(trustlist.Revocation) error { return stop }); err != stop {
		t.Error(err)
	}
}

// FuzzRead puts any content, signed, in the place of each file.
func FuzzRead(f *testing.F) {
	f.Add("kid.lst", []byte{0xa0})
	f.Add("f5c5970c3039d8540a/index.lst", []byte{0xa1, 0x41, 1, 0x82, 1, 1})
	f.Add("f5c5970c3039d8540a/01/02/chunk.lst", []byte{0x80})
	files := maps.Clone(whole)
	pinned := trust(publisher)
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		if files[name] == nil {
			return
		}
		changed := maps.Clone(files)
		changed[name] = lists.SignedCBOR(publisher, mint.Raw(content))
		n := int64(0)
		sum, err := derev.Read(tree(changed), pinned, func(trustlist.Revocation) error { n++; return nil })
		if err == nil && (n == 0 || n != sum.Entries) {
			t.Fatalf("%d entries, %+v", n, sum)
		}
	})
}
