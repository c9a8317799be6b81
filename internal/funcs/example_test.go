package funcs_test

import (
	"os"
	"text/template"

	"github.com/jam-go/jam/internal/funcs"
)

func ExampleMap() {
	books := []map[string]any{
		{"title": "les misérables", "year": 1862},
		{"title": "the hunchback of notre-dame", "year": 1831},
		{"title": "the man who laughs", "year": 1869},
	}
	tmpl := template.Must(template.New("books").Funcs(funcs.Map(funcs.Options{})).Parse(
		`{{ range sort (where . "year" ">" 1850) "year" "desc" }}{{ title .title }}, {{ .year }}
{{ end }}`))
	tmpl.Execute(os.Stdout, books)
	// Output:
	// The Man Who Laughs, 1869
	// Les Misérables, 1862
}
