package cli_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/travelseal/travelseal/internal/cli"
)

// TestMain lets the test binary be the command itself when a script calls it by that name: in a process of its own, with
// real streams and a real exit code.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"travelseal": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			if clock := os.Getenv("CLOCK"); clock != "" {
				now, err := time.Parse(time.RFC3339, clock)
				if err != nil {
					panic(err)
				}
				os.Exit(cli.RunAt(ctx, now, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
			}
			os.Exit(cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the stories of testdata/script. Beside the commands of testscript they have exits, mint and flip, those of
// script_story_test.go, and these variables:
//
//	CLOCK  set by a script: the moment at which the command's own clock stands
//	DCC    the folder of the test documents
//	CHIPS  the folder of passport chips; CSCA is that of their authorities
//	DTC    the folder of travel credentials made of chips
//	DIVOC  the folder of DIVOC credentials
//	MRZ    the folder of the printed zones
//	TRUST  the folder of the certificates that are trusted
//	AT     a moment for which the outcomes of the test documents hold
//	ODD    a name of a file that would clear the screen and turn the line around
//
// and the condition [bound]: the permissions of files bind whoever runs the tests, as they do not bind root.
func TestScripts(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("DCC", filepath.Join(testdata, "eu-dcc"))
			e.Setenv("MRZ", filepath.Join(testdata, "mrz"))
			e.Setenv("CHIPS", filepath.Join(testdata, "emrtd"))
			e.Setenv("DTC", filepath.Join(testdata, "dtc"))
			e.Setenv("CSCA", filepath.Join(testdata, "trust", "emrtd"))
			e.Setenv("DIVOC", filepath.Join(testdata, "divoc"))
			e.Setenv("TRUST", filepath.Join(testdata, "trust"))
			e.Setenv("AT", at)
			e.Setenv("ODD", "odd\x1b[2J\u202e.txt")
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "bound" {
				return false, fmt.Errorf("no condition is called %q", name)
			}
			return os.Geteuid() > 0, nil // -1 where there are no such users
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"mint":  mintFile,
			"flip":  flip,

			"archive": archive, "reaches": reaches, "freeport": freeport, "post": post,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}
