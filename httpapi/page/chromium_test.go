package page_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/travelseal/travelseal/internal/outside"
)

// browser starts Chromium, or skips the test where there is none. The environment variable CHROMIUM names it; otherwise
// it is looked for under its usual names.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := os.Getenv("CHROMIUM")
	for _, usual := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if _, err := exec.LookPath(usual); program == "" && err == nil {
			program = usual
		}
	}
	if program == "" {
		outside.Absent(t, "There is no Chromium on this machine; install it, or set CHROMIUM to its path, to run this test.")
	}
	profile, err := os.MkdirTemp("", "travelseal-page-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(profile) }) // Chromium may still be writing: what stays is in the system's scratch
	ctx, stop := chromedp.NewExecAllocator(t.Context(),
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(60*time.Second))
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// A tab is one page of the browser, and everything that it complained of or asked for.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	trouble  []string
	requests []string
}

// open opens an address in a new tab of the given width. When the test ends, the tab must have reported no error and
// asked no other host for anything.
func open(t *testing.T, browser context.Context, address string, width int64) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	p := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, log.Enable, cdp.Empty{})
	call(p, runtime.Enable, cdp.Empty{})
	p.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("#check")))
	host, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.wasQuiet(host.Host) })
	return p
}

func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		p.trouble = append(p.trouble, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		p.trouble = append(p.trouble, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.trouble = append(p.trouble, fmt.Sprintf("%s: %s", e.Entry.Level, e.Entry.Text))
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	}
}

func (p *tab) wasQuiet(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.trouble {
		p.t.Errorf("the browser complains: %s", s)
	}
	if len(p.requests) == 0 {
		p.t.Error("no request was seen at all, so nothing was watched")
	}
	for _, r := range p.requests {
		if u, err := url.Parse(r); err != nil || u.Scheme != "blob" && u.Host != host {
			p.t.Errorf("the page asks another host: %.80s", r)
		}
	}
}

// forgive forgets the complaints of a case in which there must be one.
func (p *tab) forgive(count int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.trouble) != count {
		p.t.Errorf("%d complaints %q, want %d", len(p.trouble), p.trouble, count)
	}
	p.trouble = nil
}

// do runs actions that give nothing.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// get gives the value of an action.
func get[T any](p *tab, action chromedp.Action[T]) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, action)
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

// call gives the result of a command of the protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], parameters P) R {
	p.t.Helper()
	r, err := chromedp.Call(p.ctx, command, parameters)
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

// text gives what can be read at the first match of a selector.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return get(p, chromedp.Text(chromedp.CSS(selector)))
}

// eval gives the value of an expression.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	return get(p, chromedp.Evaluate[T](expression))
}

// prefer sets the colours that the reader prefers: light or dark.
func (p *tab) prefer(scheme string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// onPaper shows the page as it is printed.
func (p *tab) onPaper() {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
}

// picture saves what the tab shows into the folder that SCREENSHOTS names, for people to look at; without it, nothing.
func (p *tab) picture(name string) {
	p.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), get(p, chromedp.FullScreenshot(100)), 0o600); err != nil {
		p.t.Fatal(err)
	}
}
