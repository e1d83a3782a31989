// Command generate writes the project's testdata. It is run by go generate ./internal/mint.
package main

import (
	"fmt"
	"os"

	"github.com/travelseal/travelseal/internal/mint"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FOLDER")
		os.Exit(2)
	}
	if err := mint.WriteTestdata(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
