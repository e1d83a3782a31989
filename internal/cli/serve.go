package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/httpapi"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// serveFlags are the flags of serve alone.
type serveFlags struct {
	listen string
	hosts  []string
	log    bool
}

func (a *app) serveCommand() *cobra.Command {
	var s settings
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Answer over HTTP, with a page for officers",
		Long: `serve answers the same questions over HTTP: POST /v1/verify gives the report that verify prints, and / is a page for
officers. It stores nothing, logs no document, and listens on this machine only, unless --host names what it may be
called by others; then put it behind a proxy with TLS. Where --trust names a store, a bundle that is installed while the
service runs is in force from the next request on.`,
		Example: "  travelseal serve --listen 127.0.0.1:8080 --trust trust/",
		RunE: func(c *cobra.Command, _ []string) error {
			s.watch = true
			config, at, err := a.config(&s)
			if err != nil {
				return err
			}
			if !at.IsZero() {
				return &usageError{errors.New("--at: a service checks as of now; requests may name another moment")}
			}
			return a.serve(c.Context(), config, &f)
		},
	}
	s.flags(c.Flags())
	c.Flags().StringVar(&f.listen, "listen", "127.0.0.1:8080", "address to listen on")
	c.Flags().StringArrayVar(&f.hosts, "host", nil, "name or address that requests may be made for (repeatable); needed to listen beyond this machine")
	c.Flags().BoolVar(&f.log, "log", false, "write one line a request to standard error, without anything personal")
	return c
}

// serve runs the service until the context ends.
func (a *app) serve(ctx context.Context, config verify.Config, f *serveFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	v, err := verify.New(config)
	if err != nil {
		return err
	}
	h, err := httpapi.New(httpapi.Config{
		Verifier: v, Set: a.set, Explain: heuristics.Explain(), Hosts: f.hosts, Logger: f.logger(a),
		Limits: httpapi.Limits{Concurrent: 2 * runtime.GOMAXPROCS(0)}, Ready: trusts(config.Trust),
	})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	fmt.Fprintf(a.stderr, "travelseal: listening on http://%s\n", l.Addr())
	server := httpapi.Server(f.listen, h)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	a.stopped = true
	// Requests that are being answered get their answers.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// check keeps a service that says nothing of names from being reachable by others.
func (f *serveFlags) check() error {
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return &usageError{fmt.Errorf("--listen: %q is not an address like 127.0.0.1:8080", f.listen)}
	}
	ip := net.ParseIP(host)
	if loopback := host == "localhost" || ip != nil && ip.IsLoopback(); !loopback && len(f.hosts) == 0 {
		return &usageError{errors.New("--listen: beyond this machine only with --host, which names what requests may be made for")}
	}
	return nil
}

func (f *serveFlags) logger(a *app) *slog.Logger {
	if !f.log {
		return nil
	}
	return slog.New(slog.NewTextHandler(a.stderr, nil))
}

// trusts says that the service is ready where there is somebody to trust.
func trusts(source verify.TrustSource) func() error {
	return func() error {
		var list *trustlist.Snapshot
		if source != nil {
			list = source.Snapshot()
		}
		if list.Info().Anchors == 0 {
			return errors.New("the trust list holds no key")
		}
		return nil
	}
}
