// Package policyfile reads a relying party's demands from a YAML file into a verify.Policy. It stands beside package
// verify so that importers who write their policy in Go link no YAML reader.
package policyfile

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// Schema names the form of the file.
const Schema = "travelseal.policy/1"

// MaxSize bounds a policy file in bytes.
const MaxSize = 1 << 20

// DefaultText is the policy in force where none is given, as a file that can be read and changed.
//
//go:embed default.yaml
var DefaultText []byte

// A File is what a policy file says: the policy, and what it says about decoding.
type File struct {
	Policy  verify.Policy
	Options formats.Options
}

type yamlFile struct {
	Schema           string            `yaml:"schema"`
	ID               string            `yaml:"id"`
	Accept           []string          `yaml:"accept"`
	MaxListAge       string            `yaml:"max_list_age"`
	ExpireListAge    string            `yaml:"expire_list_age"`
	AllowUndatedList bool              `yaml:"allow_undated_list"`
	Authentication   []string          `yaml:"require_authentication"`
	RequireClaims    []string          `yaml:"require_claims"`
	RequireParts     []string          `yaml:"require_parts"`
	Effects          map[string]string `yaml:"effects"`
	Next             map[string]string `yaml:"next"`
	Contact          string            `yaml:"protection_contact"`
	Tolerate         []string          `yaml:"tolerate"`
	Refuse           []string          `yaml:"refuse"`
}

// Default is the policy of DefaultText for a set of formats.
func Default(set *formats.Set) File {
	f, err := Parse(DefaultText, set)
	if err != nil {
		panic(err) // the file is part of this package; its tests parse it
	}
	return f
}

// Parse reads a policy file. Unknown members, unknown codes, formats, effects and tolerances are errors that name the
// member: a misspelled demand must not be no demand. The codes of rules are given beside those of package verify.
func Parse(data []byte, set *formats.Set, rules ...verify.Explanation) (File, error) {
	if len(data) > MaxSize {
		return File{}, fmt.Errorf("policy: %d bytes, the limit is %d", len(data), MaxSize)
	}
	var y yamlFile
	d := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := d.Decode(&y); err == io.EOF {
		return File{}, errors.New("policy: the file is empty")
	} else if err != nil {
		return File{}, fmt.Errorf("policy: %s", yaml.FormatError(err, false, false))
	}
	if err := d.Decode(new(any)); err != io.EOF {
		return File{}, errors.New("policy: a second document follows the policy")
	}
	if y.Schema != Schema {
		return File{}, fmt.Errorf("policy: schema: %q is not %q", y.Schema, Schema)
	}
	if y.ID == "" {
		return File{}, errors.New("policy: id: a policy needs a name, because every report carries it")
	}
	p := verify.Policy{
		ID: y.ID, SHA256: sha256.Sum256(data), AllowUndated: y.AllowUndatedList,
		RequireClaims: y.RequireClaims, RequireParts: y.RequireParts, ProtectionContact: y.Contact,
		Effects: make(map[verify.Code]verify.Effect), Next: make(map[verify.Code]string),
	}
	var err error
	if p.Accept, err = accepted(y.Accept, set); err != nil {
		return File{}, err
	}
	if p.MaxListAge, err = parseAge("max_list_age", y.MaxListAge); err != nil {
		return File{}, err
	}
	if p.ExpireListAge, err = parseAge("expire_list_age", y.ExpireListAge); err != nil {
		return File{}, err
	}
	for _, name := range y.Authentication {
		by, ok := trustlist.ParseAuthentication(name)
		if !ok {
			return File{}, fmt.Errorf("policy: require_authentication: %q is not known", name)
		}
		p.Authentication = append(p.Authentication, by)
	}
	for code, name := range y.Effects {
		e, ok := verify.ParseEffect(name)
		if !ok {
			return File{}, fmt.Errorf("policy: effects: %s: %q is not inform, protect, doubt or disqualify", code, name)
		}
		p.Effects[verify.Code(code)] = e
	}
	for code, text := range y.Next {
		p.Next[verify.Code(code)] = text
	}
	if err := p.Check(rules...); err != nil {
		return File{}, err
	}
	o := formats.Options{Tolerate: y.Tolerate, Refuse: y.Refuse}
	if err := CheckTolerances(o, set); err != nil {
		return File{}, fmt.Errorf("policy: %w", err)
	}
	return File{Policy: p, Options: o}, nil
}

// CheckTolerances refuses names of tolerances that no format of the set declares.
func CheckTolerances(o formats.Options, set *formats.Set) error {
	known := make(map[string]bool)
	for _, f := range set.List() {
		for _, t := range f.Tolerances {
			known[t.Name] = true
		}
	}
	for _, list := range []struct {
		member string
		names  []string
	}{{"tolerate", o.Tolerate}, {"refuse", o.Refuse}} {
		for _, n := range list.names {
			if !known[n] {
				return fmt.Errorf("%s: tolerance %q is not known; \"travelseal formats\" lists them", list.member, n)
			}
		}
	}
	return nil
}

// accepted gives the listed kinds of document; "*" stands for all.
func accepted(names []string, set *formats.Set) ([]formats.ID, error) {
	known, all := set.IDs(), false
	var ids []formats.ID
	for _, n := range names {
		switch {
		case n == "*":
			all = true
		case !slices.Contains(known, formats.ID(n)):
			return nil, fmt.Errorf("policy: accept: %q is not a known kind of document", n)
		}
		ids = append(ids, formats.ID(n))
	}
	if all {
		return known, nil
	}
	return ids, nil
}

// parseAge reads "30d", "12h" or a duration of Go; nothing means 0.
func parseAge(member, s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		var n uint64
		n, err = strconv.ParseUint(days, 10, 16)
		d = time.Duration(n) * 24 * time.Hour
	}
	if err != nil || d < 0 {
		return 0, fmt.Errorf("policy: %s: %q is not a time like 30d or 12h", member, s)
	}
	return d, nil
}
