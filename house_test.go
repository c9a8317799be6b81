package jam_test

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateAPI = flag.Bool("update-api", false, "write the exported names into api.txt")

// TestAPI holds the exported surface against api.txt, so that no change of it
// goes unseen.
func TestAPI(t *testing.T) {
	got := strings.Join(surface(t), "\n") + "\n"
	if *updateAPI {
		if err := os.WriteFile("api.txt", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("api.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the exported surface differs from api.txt (go test -run TestAPI -update-api writes it):\n%s", lineDiff(string(want), got))
	}
}

// surface lists the exported declarations of this package, a line each.
func surface(t *testing.T) []string {
	t.Helper()
	var lines []string
	for _, file := range parsePackage(t) {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) {
					d.Body, d.Doc = nil, nil
					lines = append(lines, source(t, d))
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					lines = append(lines, specLines(t, d.Tok, spec)...)
				}
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func specLines(t *testing.T, tok token.Token, spec ast.Spec) []string {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			return typeLines(t, s)
		}
	case *ast.ValueSpec:
		var lines []string
		for _, n := range s.Names {
			if n.IsExported() {
				lines = append(lines, tok.String()+" "+n.Name)
			}
		}
		return lines
	}
	return nil
}

// typeLines gives a line for the type and one for each exported field or method.
func typeLines(t *testing.T, s *ast.TypeSpec) []string {
	head := "type " + s.Name.Name
	var members *ast.FieldList
	switch typ := s.Type.(type) {
	case *ast.StructType:
		head, members = head+" struct", typ.Fields
	case *ast.InterfaceType:
		head, members = head+" interface", typ.Methods
	default:
		return []string{head + " " + source(t, s.Type)}
	}
	lines := []string{head}
	for _, f := range members.List {
		for _, n := range f.Names {
			if n.IsExported() {
				lines = append(lines, head+", "+n.Name+" "+source(t, f.Type))
			}
		}
		if len(f.Names) == 0 {
			lines = append(lines, head+", "+source(t, f.Type))
		}
	}
	return lines
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	for {
		switch x := typ.(type) {
		case *ast.StarExpr:
			typ = x.X
		case *ast.IndexExpr:
			typ = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}

func source(t *testing.T, node any) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), node); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func parsePackage(t *testing.T) []*ast.File {
	t.Helper()
	entries, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range entries {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// TestEveryExportedNameIsDocumented finds exported names without a comment.
func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, file := range parsePackage(t) {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil && d.Name.Name != "String" {
					t.Errorf("%s has no comment", d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						t.Errorf("%s has no comment", s.Name.Name)
					}
				}
			}
		}
	}
}

// TestArrows holds the imports against the design: who may know whom, and what
// third-party code a user's program gets.
func TestArrows(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command on this machine")
	}
	list := func(args ...string) []string {
		out, err := exec.Command(goTool, append([]string{"list"}, args...)...).Output()
		if err != nil {
			t.Skipf("go list: %v", err)
		}
		return strings.Fields(string(out))
	}
	allowed := regexp.MustCompile(`^(github\.com/(jam-go/jam|yuin/goldmark|adrg/frontmatter|tdewolff/(minify|parse)/v2|pelletier/go-toml/v2|BurntSushi/toml)|go\.yaml\.in/yaml/v4|gopkg\.in/yaml\.v2|golang\.org/x/text)(/|$)`)
	for _, dep := range list("-deps", ".") {
		if first, _, _ := strings.Cut(dep, "/"); strings.Contains(first, ".") && !allowed.MatchString(dep) {
			t.Errorf("the root package compiles in %s", dep)
		}
	}
	for _, pkg := range list("./internal/...") {
		for _, dep := range list("-deps", pkg) {
			if dep == "github.com/jam-go/jam" {
				t.Errorf("%s imports the root package", pkg)
			}
		}
	}
	const module = "github.com/jam-go/jam"
	out, err := exec.Command(goTool, "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./...").Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	companions := 0
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		companion := room(module, words[0])
		if companion == "" || companion == "internal" || companion == "examples" {
			continue
		}
		companions++
		for _, dep := range words[1:] {
			if r := room(module, dep); r != "" && r != "internal" && r != companion {
				t.Errorf("the companion %s imports %s", words[0], dep)
			}
		}
	}
	if companions == 0 {
		t.Error("go list found no companion")
	}
	if slices.Contains(list("-deps", "."), "testing") {
		t.Error("the root package compiles in testing")
	}
}

// room returns the folder of the module's top level that a package is in, "" for
// the root package and those of other modules.
func room(module, pkg string) string {
	rest, ok := strings.CutPrefix(pkg, module+"/")
	if !ok {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	return first
}

// lineDiff lists the lines that only one of two texts has.
func lineDiff(want, got string) string {
	var b strings.Builder
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, l := range w {
		if !slices.Contains(g, l) {
			b.WriteString("- " + l + "\n")
		}
	}
	for _, l := range g {
		if !slices.Contains(w, l) {
			b.WriteString("+ " + l + "\n")
		}
	}
	return b.String()
}
