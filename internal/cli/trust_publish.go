package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/trustlist/all"
	"github.com/travelseal/travelseal/trustlist/bundle"
	"github.com/travelseal/travelseal/trustlist/provenance"
)

func (a *app) trustPublishCommand() *cobra.Command {
	var out, root, form string
	c := &cobra.Command{
		Use:   "publish FOLDER",
		Short: "Make a bundle of the signed drafts",
		Long: `publish makes a bundle of what has been signed, verifies it as a post would, loads it as a post would, and puts it in the
place of the one before, as FOLDER/published. --out writes it as one archive, to be carried to the posts.`,
		Example: "  travelseal trust publish hq/ --out bundle.tar --root-out root.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkForm(form); err != nil {
				return err
			}
			r, err := bundle.OpenRepository(args[0])
			if err != nil {
				return err
			}
			if err := a.secondSigner(r); err != nil {
				return err
			}
			r.Check = loads
			content, err := r.Publish(a.now())
			if err != nil {
				return err
			}
			files, err := r.Published()
			if err != nil {
				return err
			}
			defer files.Close()
			if out != "" {
				if err := writeOut(out, files.WriteTar); err != nil {
					return fmt.Errorf("--out: %w", plainError(err))
				}
			}
			if root != "" {
				data, err := r.Root()
				if err == nil {
					err = writeOut(root, func(w io.Writer) error { _, err := w.Write(data); return err })
				}
				if err != nil {
					return fmt.Errorf("--root-out: %w", plainError(err))
				}
			}
			return a.writeContent(content, "published", form)
		},
	}
	c.Flags().StringVar(&out, "out", "", "write the bundle as a tar archive")
	c.Flags().StringVar(&root, "root-out", "", "write the newest root, which new posts pin")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json")
	return c
}

// loads says whether the content of a bundle is trust material that a post can load.
func loads(o *bundle.Opened) error {
	r := o.Resolved()
	if len(r.Files) == 0 {
		return errors.New("it holds no trust material: no keys.*, no keys/*, no rev/*")
	}
	loader := all.Loader()
	loader.Resolve = func(string) (*trustlist.Resolved, error) { return r, nil }
	if _, err := loader.Load(bundle.Name); err != nil {
		return err
	}
	return checkTables(r.Files)
}

// checkTables reads every row of packed lists, as nobody does who uses them.
func checkTables(files []string) error {
	for _, name := range files {
		if filepath.Ext(name) == ".srt" {
			continue // a store, which is verified as a whole
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return plainError(err)
		}
		if !trustlist.IsTable(data) {
			continue
		}
		if err := trustlist.CheckTable(data); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	return nil
}

// secondSigner demands the signatures that the record of an import asks for where it passed over alarms.
func (a *app) secondSigner(r *bundle.Repository) error {
	data, err := r.StagedFile(draftProvenance)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	need, err := provenance.Signatures(data)
	if err != nil {
		return fmt.Errorf("%s: %w", draftProvenance, err)
	}
	drafts, err := r.Drafts(a.now())
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.Role == bundle.Keys && d.Drafted && len(d.Signed) < need {
			return fmt.Errorf("keys: %d of %d signatures: the import passed over alarms, which takes a second signer (%s)", len(d.Signed), need, draftProvenance)
		}
	}
	return nil
}

// writeOut writes a file under its name only when it is complete.
func writeOut(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".travelseal-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
