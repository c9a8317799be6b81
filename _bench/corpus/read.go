package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/matter"
)

// shortest is how long a text is at least to be taken, in bytes.
const shortest = 400

// Read returns the texts of the Markdown files in some folders, which are repeated as often as needed. Those
// without a title, and short ones, are passed over. Shortcodes become plain text.
func Read(dirs ...string) (Texts, error) {
	var all []Text
	for _, dir := range dirs {
		tree := os.DirFS(dir)
		err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() || path.Ext(name) != ".md" {
				return err
			}
			file, err := fs.ReadFile(tree, name)
			if err != nil {
				return err
			}
			if t, ok := parse(file); ok {
				all = append(all, t)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: %w", strings.Join(dirs, ", "), errNone)
	}
	// So that a site of any size has texts of all parts of the trees.
	rand.New(rand.NewPCG(uint64(len(all)), 3)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return func(k int) Text { return all[k%len(all)] }, nil
}

var errNone = errors.New("no Markdown file with a title and a text")

// braces takes what begins and ends shortcodes apart.
var braces = strings.NewReplacer("{{", "{ {", "}}", "} }", "{%", "{ %", "%}", "% }", "{#", "{ #")

func parse(file []byte) (Text, bool) {
	doc, err := matter.Parse(file)
	if err != nil || doc.Root == nil || !utf8.Valid(file) {
		return Text{}, false
	}
	var front struct {
		Title string `yaml:"title"`
	}
	if errs := matter.Decode(doc.Root, &front, matter.DecodeOptions{}); len(errs) > 0 {
		return Text{}, false
	}
	body := strings.TrimSpace(string(doc.Body))
	if front.Title == "" || len(body) < shortest {
		return Text{}, false
	}
	return Text{Title: front.Title, Body: braces.Replace(body) + "\n"}, true
}
