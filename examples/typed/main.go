// Typed gives the front matter of recipes a Go type: wrong keys, values and
// references are errors with a position, and Go code reads fields, not maps.
//
//	go run ./examples/typed
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/jam-go/jam"
)

//go:embed all:content
var tree embed.FS

// Recipe is the front matter of a recipe, besides what every page may have.
type Recipe struct {
	Serves int           `yaml:"serves" default:"2"`
	Time   time.Duration `yaml:"time" required:"true"`
	Needs  []Ingredient  `yaml:"needs" required:"true"`
	With   jam.Ref       `yaml:"with"` // another recipe
}

// Ingredient is something that a recipe needs.
type Ingredient struct {
	Name   string  `yaml:"name" required:"true"`
	Amount float64 `yaml:"amount"`
	Unit   string  `yaml:"unit"`
}

// Recipes are the pages in the folder recipes. The variable is also the key by
// which a site is asked for them.
var Recipes = &jam.Collection[Recipe]{Match: "recipes/*", Validate: validate}

// validate checks what types cannot say.
func validate(_ string, r *Recipe) error {
	var errs []error
	if r.Serves < 1 {
		errs = append(errs, &jam.KeyError{Key: "serves", Err: fmt.Errorf("want at least 1, not %d", r.Serves)})
	}
	if r.Time > 24*time.Hour {
		errs = append(errs, &jam.KeyError{Key: "time", Err: fmt.Errorf("%v is more than a day", r.Time)})
	}
	return errors.Join(errs...)
}

func main() {
	if err := run(context.Background(), tree, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run prints the recipes in tree.
func run(ctx context.Context, tree fs.FS, w io.Writer) error {
	site, err := jam.Load(ctx, tree, &jam.Config{Collections: []jam.Schema{Recipes}})
	if err != nil {
		return err
	}
	for page, r := range Recipes.All(site) {
		fmt.Fprintf(w, "%s: %v, serves %d, needs %d things", page.Title(), r.Time, r.Serves, len(r.Needs))
		if with := page.GetPage(string(r.With)); r.With != "" {
			fmt.Fprintf(w, ", goes with %s", with.Title())
		}
		fmt.Fprintln(w)
	}
	return nil
}
