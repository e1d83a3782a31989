// Command generate writes the project's testdata. It is run by go generate ./internal/mint.
package main

import (
	"fmt"
	"os"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/barcode"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/mobile"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FOLDER")
		os.Exit(2)
	}
	for _, write := range []func(string) error{mint.WriteTestdata, chip.WriteTestdata, barcode.WriteTestdata, mobile.WriteTestdata} {
		if err := write(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
