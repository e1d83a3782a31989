package verify

//go:generate go run ../internal/gencodes ../doc/codes.md
