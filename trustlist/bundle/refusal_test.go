package bundle_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

// refusals are bundles with one thing wrong, and of which kind that is.
var refusals = []struct {
	name string
	make func(f *forgery)
	kind bundle.Kind
}{
	{"a data file altered", func(f *forgery) {
		f.write("targets/keys.json", bytes.Replace(f.read("targets/keys.json"), []byte("travel"), []byte("trevel"), 1))
	}, bundle.Hash},
	{"a data file cut", func(f *forgery) { f.write("targets/keys.json", f.read("targets/keys.json")[1:]) }, bundle.Hash},
	{"a data file longer", func(f *forgery) { f.write("targets/keys.json", append(f.read("targets/keys.json"), ' ')) }, bundle.Hash},
	{"a data file missing", func(f *forgery) { f.remove("targets/keys.json") }, bundle.Hash},
	{"a data file larger than what was signed", func(f *forgery) {
		if err := os.Truncate(f.path("targets/keys.json"), 3<<30); err != nil {
			f.t.Fatal(err)
		}
	}, bundle.Hash},

	{"a role altered", func(f *forgery) {
		f.write("metadata/1.keys.json", replaced(f.t, f.read("metadata/1.keys.json"), `"version":1`, `"version":2`))
	}, bundle.Mixed},
	{"a role altered, and named so", func(f *forgery) {
		f.write("metadata/1.keys.json", replaced(f.t, f.read("metadata/1.keys.json"), `"keys.json"`, `"keys.jsen"`)).follow()
	}, bundle.Signature},
	{"a role missing", func(f *forgery) { f.remove("metadata/1.rules.json") }, bundle.Form},
	{"no timestamp", func(f *forgery) { f.remove("metadata/timestamp.json") }, bundle.Form},
	{"a role that the snapshot leaves out", func(f *forgery) {
		f.edit("1.snapshot.json", func(o object) { delete(o["meta"].(object), "revocation.json") }, "hq")
		f.edit("timestamp.json", func(o object) { f.describe(o["meta"].(object)["snapshot.json"].(object), "1.snapshot.json") }, "hq")
	}, bundle.Form},
	{"a version that the snapshot does not name", func(f *forgery) {
		f.edit("1.keys.json", func(o object) { o["version"] = 2 }, "anna", "bela").follow()
	}, bundle.Mixed},

	{"one of two signatures", func(f *forgery) { f.edit("1.keys.json", func(object) {}, "anna").follow() }, bundle.Signature},
	{"a signature of nobody", func(f *forgery) { f.edit("1.keys.json", func(object) {}, "anna", "mallory").follow() }, bundle.Signature},
	{"one signature twice", func(f *forgery) { f.edit("1.keys.json", func(object) {}, "anna", "anna").follow() }, bundle.Form},
	{"the online key signs for the keys", func(f *forgery) { f.edit("1.keys.json", func(object) {}, "hq", "anna").follow() }, bundle.Signature},
	{"the timestamp of another key", func(f *forgery) { f.edit("timestamp.json", func(object) {}, "anna") }, bundle.Signature},
	{"a threshold of nothing", func(f *forgery) {
		f.edit("1.targets.json", func(o object) { delegate(o, 0)["threshold"] = 0 }, "anna", "bela").follow()
	}, bundle.Form},
	{"a delegation that names one key twice", func(f *forgery) {
		f.edit("1.targets.json", func(o object) { delegate(o, 0)["keyids"] = []any{id(f.t, "anna"), id(f.t, "anna")} }, "anna", "bela").follow()
	}, bundle.Form},
	{"one key under two IDs", func(f *forgery) {
		f.edit("1.targets.json", func(o object) {
			keys := o["delegations"].(object)["keys"].(object)
			other := strings.Repeat("ab", 32)
			keys[other] = keys[id(f.t, "anna")]
			delegate(o, 0)["keyids"] = []any{id(f.t, "anna"), other}
		}, "anna", "bela").follow()
	}, bundle.Form},
	{"a key that signs for everybody", func(f *forgery) {
		f.edit("1.targets.json", func(o object) {
			weak := make([]byte, 32)
			weak[0] = 1 // the neutral point
			name, err := bundle.KeyID(weak)
			if err != nil {
				f.t.Fatal(err)
			}
			o["delegations"].(object)["keys"].(object)[name] = object{"keytype": "ed25519", "scheme": "ed25519", "keyval": object{"public": fmt.Sprintf("%x", weak)}}
		}, "anna", "bela").follow()
	}, bundle.Form},
	{"a role that is not known", func(f *forgery) {
		f.edit("1.targets.json", func(o object) { delegate(o, 2)["name"] = "guests" }, "anna", "bela").follow()
	}, bundle.Form},
	{"a role with wider paths", func(f *forgery) {
		f.edit("1.targets.json", func(o object) { delegate(o, 1)["paths"] = []any{"rev/*", "keys.*"} }, "anna", "bela").follow()
	}, bundle.Form},
	{"the targets role names a file", func(f *forgery) {
		f.edit("1.targets.json", func(o object) { o["targets"] = object{"keys.json": target(nil)} }, "anna", "bela").follow()
	}, bundle.Form},
	{"a role names a file of another", func(f *forgery) {
		f.edit("1.revocation.json", func(o object) { o["targets"] = object{"keys.json": target(f.read("targets/keys.json"))} }, "hq").follow()
	}, bundle.Path},

	{"a name that leads out", func(f *forgery) { f.name("../keys.json", target(nil)) }, bundle.Path},
	{"an absolute name", func(f *forgery) { f.name("/keys/a", target(nil)) }, bundle.Path},
	{"a name with a drive", func(f *forgery) { f.name("C:keys.json", target(nil)) }, bundle.Path},
	{"a name with a stream", func(f *forgery) { f.name("keys.json:x", target(nil)) }, bundle.Path},
	{"a name with a backslash", func(f *forgery) { f.name(`keys\..\a`, target(nil)) }, bundle.Path},
	{"a device of Windows", func(f *forgery) { f.name("keys/nul.txt", target(nil)) }, bundle.Path},
	{"two names that differ in case", func(f *forgery) { f.name("keys.JSON", target(nil)) }, bundle.Path},
	{"a name outside the paths of its role", func(f *forgery) { f.name("other/a", target(nil)) }, bundle.Path},
	{"a hidden name", func(f *forgery) { f.name("keys/.profile", target(nil)) }, bundle.Path},

	{"a data file of four gigabytes and one byte", func(f *forgery) {
		f.name("keys/a", object{"length": bundle.MaxTarget + 1, "hashes": object{"sha256": strings.Repeat("0", 64)}})
	}, bundle.Form},
	{"many large data files", func(f *forgery) {
		f.edit("1.keys.json", func(o object) {
			for i := range 5 {
				o["targets"].(object)[fmt.Sprintf("keys/%d", i)] = object{"length": bundle.MaxTarget, "hashes": object{"sha256": strings.Repeat("0", 64)}}
			}
		}, "anna", "bela").follow()
	}, bundle.Limit},
	{"a timestamp without end", func(f *forgery) {
		if err := os.Truncate(f.path("metadata/timestamp.json"), 10<<30); err != nil {
			f.t.Fatal(err)
		}
	}, bundle.Limit},
	{"a snapshot longer than was signed", func(f *forgery) {
		f.write("metadata/1.snapshot.json", append(f.read("metadata/1.snapshot.json"), ' '))
	}, bundle.Limit},
	{"a role said to be too long", func(f *forgery) {
		f.edit("1.snapshot.json", func(o object) { o["meta"].(object)["keys.json"].(object)["length"] = 1 << 40 }, "hq")
		f.edit("timestamp.json", func(o object) { f.describe(o["meta"].(object)["snapshot.json"].(object), "1.snapshot.json") }, "hq")
	}, bundle.Form},
	{"more data files than a role may name", func(f *forgery) {
		f.edit("1.keys.json", func(o object) {
			for i := range bundle.MaxTargets {
				o["targets"].(object)[fmt.Sprintf("keys/%d", i)] = target(nil)
			}
		}, "anna", "bela").follow()
	}, bundle.Form},

	{"a member twice", func(f *forgery) {
		f.write("metadata/timestamp.json", replaced(f.t, f.read("metadata/timestamp.json"), `"version":1`, `"version":1,"version":1`))
	}, bundle.Form},
	{"a member in capitals", func(f *forgery) { f.edit("timestamp.json", func(o object) { o["Version"] = 9 }, "hq") }, bundle.Form},
	{"an unknown member", func(f *forgery) { f.edit("timestamp.json", func(o object) { o["more"] = 9 }, "hq") }, bundle.Form},
	{"no date", func(f *forgery) { f.edit("timestamp.json", func(o object) { delete(o, "created") }, "hq") }, bundle.Form},
	{"expired before it was made", func(f *forgery) {
		f.edit("timestamp.json", func(o object) { o["created"] = "2031-01-01T00:00:00Z" }, "hq")
	}, bundle.Form},
	{"a digest of another kind", func(f *forgery) {
		f.name("keys/a", object{"length": 1, "hashes": object{"md5": "00"}})
	}, bundle.Form},
	{"a root with a role too many", func(f *forgery) {
		f.edit("1.root.json", func(o object) { o["roles"].(object)["mirrors"] = o["roles"].(object)["root"] }, "anna", "bela")
	}, bundle.Form},
	{"a root of one signature", func(f *forgery) { f.edit("1.root.json", func(object) {}, "anna") }, bundle.Signature},
	{"a root with a threshold that nobody reaches", func(f *forgery) {
		f.edit("1.root.json", func(o object) { o["roles"].(object)["root"].(object)["threshold"] = 4 }, "anna", "bela")
	}, bundle.Form},
	{"a key of another kind", func(f *forgery) {
		f.edit("1.root.json", func(o object) {
			o["keys"].(object)[id(f.t, "hq")] = object{"keytype": "rsa", "scheme": "rsassa-pss-sha256", "keyval": object{"public": ""}}
		}, "anna", "bela")
	}, bundle.Form},
}

func delegate(o object, i int) object {
	return o["delegations"].(object)["roles"].([]any)[i].(object)
}

func TestWhatIsWrongIsRefusedByItsKind(t *testing.T) {
	_, dir := published(t)
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			f := forge(t, dir)
			r.make(f)
			c, err := verify(t, f.dir, bundle.Options{Root: f.read("metadata/1.root.json"), Now: now})
			if bundle.KindOf(err) != r.kind || c != nil {
				t.Errorf("%v (%s), want the kind %s", err, bundle.KindOf(err), r.kind)
			}
			var e *bundle.Error
			if errorAs(err, &e) && (e.Step == "" || strings.Contains(err.Error(), f.dir)) {
				t.Errorf("%v: says no step, or a path of this machine", err)
			}
		})
	}
}

// The forgeries themselves must not be why a bundle is refused.
func TestWhatIsSignedAgainUnchangedIsAccepted(t *testing.T) {
	_, dir := published(t)
	f := forge(t, dir).edit("1.root.json", func(object) {}, "anna", "bela").edit("1.targets.json", func(object) {}, "cora", "bela")
	f.edit("1.keys.json", func(object) {}, "anna", "bela", "cora").edit("1.rules.json", func(object) {}, "anna", "cora").follow()
	if _, err := verify(t, f.dir, bundle.Options{Root: f.read("metadata/1.root.json"), Now: now}); err != nil {
		t.Error(err)
	}
}

func TestVersionsThatWereSeenBindEveryRole(t *testing.T) {
	_, dir := published(t)
	for _, role := range bundle.Roles() {
		_, err := verify(t, dir, bundle.Options{Root: rootOf(t, dir), Now: now, Seen: bundle.Seen{Versions: map[string]int64{role: 2}}})
		var e *bundle.Error
		if !errorAs(err, &e) || e.Kind != bundle.Rollback || e.Place != role {
			t.Errorf("%s: %v", role, err)
		}
	}
}

func TestPartsOfTwoPublicationsAreRefused(t *testing.T) {
	h, one := published(t)
	two := h.renewed(now.Add(time.Hour), func(f tree) { f["keys.json"] = append(f["keys.json"], ' ') })
	for _, name := range []string{"metadata/1.keys.json", "metadata/1.snapshot.json", "metadata/timestamp.json", "targets/keys.json"} {
		f, old := forge(t, two), forge(t, one)
		f.write(strings.Replace(name, "1.", "2.", 1), old.read(name))
		if _, err := verify(t, f.dir, bundle.Options{Root: rootOf(t, one), Now: now}); err == nil {
			t.Errorf("%s of the bundle before is accepted", name)
		}
	}
}

func TestFilesThatNobodyNamesArePassedOver(t *testing.T) {
	_, dir := published(t)
	f := forge(t, dir).write("targets/keys/extra.pem", []byte("-----BEGIN CERTIFICATE-----")).write("README.txt", nil)
	c, err := verify(t, f.dir, bundle.Options{Root: rootOf(t, dir), Now: now})
	if err != nil || len(c.Extra) != 1 || c.Extra[0] != "targets/keys/extra.pem" {
		t.Fatalf("%+v, %v", c, err)
	}
	post := newPost(t, f.dir)
	o := open(t, post, now)
	if o.Path("keys/extra.pem") != "" || len(o.Extra) != 0 {
		t.Errorf("it was installed: %+v", o.Content)
	}
}
