// Command gencodes writes doc/codes.md from the codes of verdicts and of rules. It is run by go generate ./verify.
package main

import (
	"fmt"
	"os"

	"github.com/travelseal/travelseal/heuristics"
	"github.com/travelseal/travelseal/verify"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gencodes FILE")
		os.Exit(2)
	}
	var list []verify.Explanation
	for _, c := range verify.Codes() {
		e, _ := verify.Explain(c) // every code of the list has one
		list = append(list, e)
	}
	list = append(list, heuristics.Explain()...)
	text, err := markdown(list)
	if err == nil {
		err = os.WriteFile(os.Args[1], text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gencodes:", err)
		os.Exit(1)
	}
}
