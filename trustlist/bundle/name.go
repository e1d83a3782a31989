package bundle

import (
	"fmt"
	"strings"
)

// checkName says what is wrong with the name of a file of a bundle. Names are those that mean the same one file on every
// system: no absolute paths, no dots that lead upwards, no drives or streams of Windows, nothing outside ASCII.
func checkName(name string) error {
	switch {
	case name == "":
		return fmt.Errorf("the name is empty")
	case len(name) > MaxName:
		return fmt.Errorf("the name has %d bytes, the limit is %d", len(name), MaxName)
	}
	for part := range strings.SplitSeq(name, "/") {
		if err := checkPart(part); err != nil {
			return err
		}
	}
	return nil
}

func checkPart(part string) error {
	if part == "" || part[0] == '.' || part[0] == '-' || part[len(part)-1] == '.' {
		return fmt.Errorf("a part of the name is empty, begins with a dot or hyphen, or ends with a dot")
	}
	for _, c := range []byte(part) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && c != '.' && c != '_' && c != '-' {
			return fmt.Errorf("the name holds the byte %#02x; letters, digits, hyphens, dots and underscores are permitted", c)
		}
	}
	stem, _, _ := strings.Cut(strings.ToLower(part), ".")
	if reserved[stem] {
		return fmt.Errorf("%q is a device on some systems", stem)
	}
	return nil
}

// reserved are names that mean a device on Windows, whatever comes after a dot.
var reserved = func() map[string]bool {
	m := map[string]bool{"con": true, "prn": true, "aux": true, "nul": true}
	for _, d := range "0123456789" {
		m["com"+string(d)], m["lpt"+string(d)] = true, true
	}
	return m
}()

// names finds two names that are one file where case does not count, and a file that another needs as a folder.
type names struct {
	folded  map[string]string // of files, lower case → as written
	folders map[string]string
}

func (n *names) add(name string) error {
	if n.folded == nil {
		n.folded, n.folders = make(map[string]string), make(map[string]string)
	}
	low := strings.ToLower(name)
	if other, twice := n.folded[low]; twice {
		return fmt.Errorf("the same name as %q where case does not count", other)
	}
	if other, twice := n.folders[low]; twice {
		return fmt.Errorf("the folder of %q has this name", other)
	}
	n.folded[low] = name
	for i := range len(low) {
		if low[i] != '/' {
			continue
		}
		if other, twice := n.folded[low[:i]]; twice {
			return fmt.Errorf("its folder is the file %q", other)
		}
		// Two spellings of one folder are two folders on some systems and one on others.
		if other, known := n.folders[low[:i]]; known && other[:i] != name[:i] {
			return fmt.Errorf("its folder is that of %q where case does not count", other)
		}
		n.folders[low[:i]] = name
	}
	return nil
}
