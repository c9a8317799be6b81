//go:build ignore

// Command gen writes emoji.txt and currency.txt, the tables of package funcs:
//
//	go run gen/main.go emoji FILE       # db/emoji.json of github.com/github/gemoji
//	go run gen/main.go currency FOLDER  # main of cldr-numbers-full
//
// The forms of the tables are described where they are read.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: go run gen/main.go emoji FILE, or currency FOLDER")
	}
	make, ok := map[string]func(string) (string, error){"emoji": emoji, "currency": currency}[args[0]]
	if !ok {
		return fmt.Errorf("unknown table %q", args[0])
	}
	out, err := make(args[1])
	if err != nil {
		return err
	}
	return os.WriteFile(args[0]+".txt", []byte(out), 0o666)
}

func emoji(file string) (string, error) {
	var all []struct {
		Emoji   string
		Aliases []string
	}
	if err := read(file, &all); err != nil {
		return "", err
	}
	lines := []string{"# Made by gen from github/gemoji. Copyright © 2019 GitHub, Inc. See LICENSE-GEMOJI."}
	for _, e := range all {
		lines = append(lines, e.Emoji+" "+strings.Join(e.Aliases, " "))
	}
	return strings.Join(lines, "\n") + "\n", nil
}

type patterns struct{ Standard, Accounting string }

// currency writes the languages of each pair of patterns, without those that
// have what the language they are a part of has.
func currency(folder string) (string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "numbers.json"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("no numbers.json below %s", folder)
	}
	found := make(map[string]patterns)
	for _, file := range files {
		lang := filepath.Base(filepath.Dir(file))
		if found[lang], err = currencyPatterns(file, lang); err != nil {
			return "", err
		}
	}
	found["und"] = patterns{"¤\u00a0#", "¤\u00a0#"}
	byPatterns := make(map[patterns][]string)
	for lang, p := range found {
		if lang == "und" || p != inherited(found, lang) {
			byPatterns[p] = append(byPatterns[p], lang)
		}
	}
	lines := []string{"# Made by gen from CLDR. Copyright © 2004-2026 Unicode, Inc. See ../locale/LICENSE-UNICODE."}
	for _, p := range slices.SortedFunc(maps.Keys(byPatterns), func(a, b patterns) int {
		return strings.Compare(a.Standard+a.Accounting, b.Standard+b.Accounting)
	}) {
		slices.Sort(byPatterns[p])
		lines = append(lines, p.Standard+"|"+p.Accounting+"|"+strings.Join(byPatterns[p], " "))
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// inherited is what a language has from the one it is a part of.
func inherited(found map[string]patterns, lang string) patterns {
	for {
		i := strings.LastIndexByte(lang, '-')
		if i < 0 {
			return found["und"]
		}
		lang = lang[:i]
		if p, ok := found[lang]; ok {
			return p
		}
	}
}

func currencyPatterns(file, lang string) (patterns, error) {
	var doc struct {
		Main map[string]struct{ Numbers map[string]json.RawMessage }
	}
	if err := read(file, &doc); err != nil {
		return patterns{}, err
	}
	numbers := doc.Main[lang].Numbers
	var system string
	if err := json.Unmarshal(numbers["defaultNumberingSystem"], &system); err != nil {
		return patterns{}, fmt.Errorf("%s: %w", file, err)
	}
	var p patterns
	if err := json.Unmarshal(numbers["currencyFormats-numberSystem-"+system], &p); err != nil {
		return patterns{}, fmt.Errorf("%s: %w", file, err)
	}
	return patterns{short(p.Standard), short(p.Accounting)}, nil
}

// short writes a pattern with # for the digits, which other tables know.
func short(pattern string) string {
	for _, digits := range []string{"#,##,##0.00", "#,##0.00", "#,#0.00"} {
		pattern = strings.ReplaceAll(pattern, digits, "#")
	}
	return pattern
}

func read(file string, v any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
