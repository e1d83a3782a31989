package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/travelseal/travelseal/trustlist/bundle"
)

func (a *app) trustVerifyCommand() *cobra.Command {
	var root, form string
	c := &cobra.Command{
		Use:   "verify BUNDLE",
		Short: "Say whether a bundle is authentic",
		Long: `verify verifies every signature, version and data file of a bundle, a folder or an archive, from a root file that you have
from elsewhere. It remembers nothing: only "trust install" notices that a bundle is older than the one before.

Exit codes: 0 authentic, 3 authentic but expired or from the future, 1 not authentic.`,
		Example: "  travelseal trust verify bundle.tar --trust-root root.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkForm(form); err != nil {
				return err
			}
			if root == "" {
				return &usageError{errors.New("--trust-root: name the root file; a bundle does not answer for itself")}
			}
			pinned, err := readRoot(root)
			if err != nil {
				return err
			}
			files, err := bundle.OpenFiles(args[0])
			if err != nil {
				return err
			}
			defer files.Close()
			content, err := bundle.Verify(files, bundle.Options{Root: pinned, Now: a.now()})
			if err != nil {
				return err
			}
			return a.writeContent(content, "authentic", form)
		},
	}
	c.Flags().StringVar(&root, "trust-root", "", "root file that answers for the bundle")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json")
	return c
}

func (a *app) trustInstallCommand() *cobra.Command {
	var store, root, form string
	var unsafe, clock bool
	c := &cobra.Command{
		Use:   "install BUNDLE",
		Short: "Bring a bundle into force at a post",
		Long: `install copies a bundle into the store of a post, verifies the copy, and brings it into force in one step. A bundle that
is altered, incomplete or older than what the post has seen is refused, and the one before stays in force. The first
time --trust-root names the root file to pin: take it from your headquarters in person, or compare its digest by
telephone.

Exit codes: 0 in force, 3 in force but doubted (expired, clock, memory lost), 1 refused.`,
		Example: "  travelseal trust install bundle.tar --store /var/lib/travelseal --trust-root root.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkForm(form); err != nil {
				return err
			}
			if store == "" {
				return &usageError{errors.New("--store: name the folder of the post")}
			}
			o := bundle.InstallOptions{Now: a.now(), Check: loads, Unsafe: unsafe, ClockIsRight: clock}
			if root != "" {
				var err error
				if o.Root, err = readRoot(root); err != nil {
					return err
				}
			}
			files, err := bundle.OpenFiles(args[0])
			if err != nil {
				return err
			}
			defer files.Close()
			in, err := bundle.Install(store, files, o)
			if err != nil {
				return err
			}
			outcome := "installed"
			switch {
			case in.Already:
				outcome = "in force already"
			case in.First:
				outcome = "installed, the first here"
			}
			return a.writeContent(&in.Content, outcome, form)
		},
	}
	c.Flags().StringVar(&store, "store", "", "folder of the post; it is made where it does not exist")
	c.Flags().StringVar(&root, "trust-root", "", "root file to pin; needed the first time")
	c.Flags().BoolVar(&unsafe, "unsafe-store", false, "use a store that everybody on this machine may change")
	c.Flags().BoolVar(&clock, "clock-is-right", false, "forget later moments that the post has seen, after its clock once stood too late")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json")
	return c
}

func (a *app) trustStatusCommand() *cobra.Command {
	var form string
	var unsafe bool
	c := &cobra.Command{
		Use:   "status FOLDER",
		Short: "Show the bundle in force at a post, or the drafts of a headquarters",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkForm(form); err != nil {
				return err
			}
			if r, err := bundle.OpenRepository(args[0]); err == nil {
				return a.printDrafts(r, form)
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			opened, err := bundle.Open(args[0], bundle.OpenOptions{Now: a.now(), Unsafe: unsafe})
			if err != nil {
				return err
			}
			return a.writeContent(&opened.Content, "in force", form)
		},
	}
	c.Flags().BoolVar(&unsafe, "unsafe-store", false, "use a store that everybody on this machine may change")
	c.Flags().StringVarP(&form, "output", "o", "text", "text or json")
	return c
}

// inspectBundle prints what a bundle says. Without a root from elsewhere it vouches for itself, which proves nothing.
func (a *app) inspectBundle(path, root, form string) error {
	files, err := bundle.OpenFiles(path)
	if err != nil {
		return err
	}
	defer files.Close()
	outcome := "authentic"
	var pinned []byte
	if root != "" {
		pinned, err = readRoot(root)
	} else {
		outcome = "UNVERIFIED: it was held against the root that it brings along; --trust-root names yours"
		pinned, err = bundle.UnverifiedRoot(files)
	}
	if err != nil {
		return err
	}
	content, err := bundle.Verify(files, bundle.Options{Root: pinned, Now: a.now()})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	err = a.writeContent(content, outcome, form)
	if root == "" {
		a.code = exitFailed
	}
	return err
}
