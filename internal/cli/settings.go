package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/verify"
	"github.com/travelseal/travelseal/verify/policyfile"
)

// settings are the flags of every subcommand that checks documents.
type settings struct {
	trust            []string
	trustRoot        string
	unsafeStore      bool
	watch            bool // whether a store of bundles is watched for new ones
	policy           string
	at               string
	tolerate, refuse []string

	// sealedPolicy is that of a bundle among trust, and sealedPath where it was found; nil and "" where there is none.
	sealedPolicy []byte
	sealedPath   string

	set    *pflag.FlagSet
	decode formats.Options // what the policy and the flags together say about decoding
}

func (s *settings) flags(f *pflag.FlagSet) {
	s.set = f
	f.StringArrayVar(&s.trust, "trust", nil, "store of bundles, folder of certificates, certificate or trust list to trust (repeatable)")
	f.StringVar(&s.trustRoot, "trust-root", "", "root file that answers for a bundle that --trust names outside a store")
	f.BoolVar(&s.unsafeStore, "unsafe-store", false, "use a store of bundles that everybody on this machine may change")
	f.StringVar(&s.policy, "policy", "", "policy file; without it that of a bundle is in force, or the default (travelseal policy show)")
	f.StringVar(&s.at, "at", "", "check as of this moment, RFC 3339 or YYYY-MM-DD, instead of now")
	f.StringSliceVar(&s.tolerate, "tolerate", nil, "switch tolerances on by name (travelseal formats lists them)")
	f.StringSliceVar(&s.refuse, "refuse", nil, "switch tolerances off by name")
}

// check refuses flags that are given without a value, as by a variable that is not set: they would mean the default.
func (s *settings) check() error {
	for _, name := range []string{"policy", "at", "trust-root"} {
		if f := s.set.Lookup(name); f.Changed && f.Value.String() == "" {
			return &usageError{fmt.Errorf("--%s: the value is empty", name)}
		}
	}
	return nil
}

// config builds what the flags describe, and the moment that --at names (zero without it).
func (a *app) config(s *settings) (verify.Config, time.Time, error) {
	if err := s.check(); err != nil {
		return verify.Config{}, time.Time{}, err
	}
	trust, err := a.trustSource(s)
	if err != nil {
		return verify.Config{}, time.Time{}, err
	}
	file, err := a.policyInForce(s)
	if err != nil {
		return verify.Config{}, time.Time{}, err
	}
	file.Options.Tolerate = append(file.Options.Tolerate, s.tolerate...)
	file.Options.Refuse = append(file.Options.Refuse, s.refuse...)
	if err := policyfile.CheckTolerances(file.Options, a.set); err != nil {
		return verify.Config{}, time.Time{}, &usageError{err}
	}
	s.decode = file.Options
	var at time.Time
	if s.at != "" {
		if at, err = parseMoment(s.at); err != nil {
			return verify.Config{}, time.Time{}, &usageError{err}
		}
	}
	return verify.Config{
		Formats: a.set, Trust: trust, Policy: file.Policy, Options: file.Options, Rules: heuristics.All(), Now: a.now, Version: version(),
	}, at, nil
}

// verifier builds the Verifier that the flags describe, and the options of its calls.
func (a *app) verifier(s *settings) (*verify.Verifier, []verify.Option, error) {
	c, at, err := a.config(s)
	if err != nil {
		return nil, nil, err
	}
	var options []verify.Option
	if !at.IsZero() {
		options = append(options, verify.AsOf(at))
	}
	v, err := verify.New(c)
	return v, options, err
}

// policyInForce is the policy that is named, else that of a bundle, else the default.
func (a *app) policyInForce(s *settings) (policyfile.File, error) {
	if s.policy == "" && s.sealedPolicy != nil {
		return policyfile.Parse(s.sealedPolicy, a.set, heuristics.Explain()...)
	}
	return a.policyFile(s.policy)
}

// policyFile reads a policy; "" stands for the default.
func (a *app) policyFile(path string) (policyfile.File, error) {
	if path == "" {
		return policyfile.Default(a.set), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return policyfile.File{}, fmt.Errorf("policy: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, policyfile.MaxSize+1))
	if err != nil {
		return policyfile.File{}, fmt.Errorf("policy: %w", err)
	}
	return policyfile.Parse(data, a.set, heuristics.Explain()...)
}

// parseMoment reads --at. A day alone means its first moment in UTC.
func parseMoment(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil && !t.IsZero() { // the zero time would mean now
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--at: %q is not a moment like 2026-05-01 or 2026-05-01T08:30:00Z", s)
}
