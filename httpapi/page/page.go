// Package page holds the officer's page: a form for the documents of one traveller, and the report in words, shapes and
// colours. It is plain HTML, CSS and JavaScript without a framework or a build step. It stores nothing and loads nothing
// from elsewhere, and it writes what a document says as text only, with hidden characters spelled out.
package page

import _ "embed"

// SecurityPolicy is the Content-Security-Policy that the page works under. It may load its own files, talk to its own
// service, and show the portrait that a document carries; script from text is impossible.
const SecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

var (
	//go:embed index.html
	index []byte
	//go:embed page.css
	style []byte
	//go:embed page.js
	script []byte
	//go:embed icon.svg
	icon []byte
)

// A File is one file of the page with the address that the others expect it at.
type File struct {
	Path      string
	MediaType string
	About     string // what it is, in a few words
	Content   []byte // must not be changed
}

// Files lists the files of the page.
func Files() []File {
	return []File{
		{"/", "text/html; charset=utf-8", "its text", index},
		{"/page.css", "text/css; charset=utf-8", "its looks", style},
		{"/page.js", "text/javascript; charset=utf-8", "what it does", script},
		{"/icon.svg", "image/svg+xml", "its sign", icon},
	}
}
