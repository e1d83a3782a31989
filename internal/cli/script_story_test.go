package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/travelseal/travelseal/batch"
	"github.com/travelseal/travelseal/internal/mint"
)

// archive writes an archive of good and forged certificates:
//
//	archive 10000 100 archive.jsonl      every hundredth of ten thousand is forged
func archive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: archive LINES EVERY FILE")
	}
	lines, err := strconv.Atoi(args[0])
	ts.Check(err)
	every, err := strconv.Atoi(args[1])
	ts.Check(err)
	forger := mint.Fresh("forger")
	forger.KID = mint.Utopia().Vaccination.KID // the name of a trusted signer
	genuine, forged := good().Build().Text, mint.Resign(good(), forger).Build().Text
	var b bytes.Buffer
	for n := 1; n <= lines; n++ {
		text := genuine
		if n%every == 0 {
			text = forged
		}
		line, err := json.Marshal(map[string]string{"id": fmt.Sprintf("person %d", n), "text": text})
		ts.Check(err)
		b.Write(append(line, '\n'))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), b.Bytes(), 0o644))
}

// patience is how long a script waits for a program in the background.
const patience = time.Minute

// reaches waits until the journal of an output says that so many lines are done and the run is not finished:
//
//	reaches out.jsonl 2000
func reaches(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: reaches OUTPUT LINES")
	}
	want, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		j, err := batch.ReadJournal(ts.MkAbs(args[0]))
		if err != nil {
			continue
		}
		if j.State != "running" {
			ts.Fatalf("the run is %s before it could be stopped", j.State)
		}
		if j.Output.Lines >= want {
			return
		}
	}
	ts.Fatalf("%s did not reach %d lines in %v", args[0], want, patience)
}

// freeport sets a variable to a port of this machine that is free.
func freeport(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: freeport VARIABLE")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Check(l.Close())
	ts.Setenv(args[0], port)
}

// post sends a file and writes the answer to another, once the service is there:
//
//	post http://127.0.0.1:$PORT/v1/verify text/plain certificate.txt answer.json
func post(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: post URL TYPE FILE ANSWER")
	}
	body := []byte(ts.ReadFile(args[2]))
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		answer, err := http.Post(args[0], args[1], bytes.NewReader(body))
		if err != nil {
			if time.Now().After(end) {
				ts.Fatalf("%v", err)
			}
			continue
		}
		data, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		ts.Check(err)
		if answer.StatusCode != http.StatusOK {
			ts.Fatalf("%s: %s", answer.Status, data)
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), data, 0o644))
		return
	}
}
