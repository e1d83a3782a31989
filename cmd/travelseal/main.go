// Command travelseal says whether a travel or health document is genuine, how that is known, and what to do next.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/travelseal/travelseal/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
