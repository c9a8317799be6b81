//go:build ignore

// Command gen writes data.txt, the facts that package locale needs, from the
// JSON form of CLDR:
//
//	npm pack cldr-core cldr-dates-full # and unpack both into one folder
//	go run gen/main.go FOLDER
//
// FOLDER holds cldr-core and cldr-dates-full. The form of data.txt is
// described in decode.go.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run gen/main.go FOLDER")
		os.Exit(2)
	}
	out, err := generate(os.Args[1])
	if err == nil {
		err = os.WriteFile("data.txt", []byte(out), 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// calendar is the Gregorian calendar of one locale in CLDR's JSON.
type calendar struct {
	Months      forms            `json:"months"`
	Days        forms            `json:"days"`
	DayPeriods  forms            `json:"dayPeriods"`
	DateFormats map[string]any   `json:"dateFormats"`
	TimeFormats map[string]any   `json:"timeFormats"`
	Eras        map[string]names `json:"eras"`
}

type names = map[string]string

// forms are names by form (format, stand-alone) and width.
type forms map[string]map[string]names

// cldr is what the generator reads.
type cldr struct {
	version   string
	levels    map[string]string
	parents   map[string]string
	periods   map[string]map[string]map[string]string
	calendars map[string]calendar
}

func generate(dir string) (string, error) {
	c, err := read(dir)
	if err != nil {
		return "", err
	}
	facts := make(map[string]map[string]string) // by locale and kind
	for name := range c.calendars {
		if facts[name], err = c.facts(name); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Made by gen from CLDR %s. Copyright © 2004-2026 Unicode, Inc. See LICENSE-UNICODE.\n", c.version)
	kept := make(map[string]bool)
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		c.keep(name, facts, kept)
	}
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		parent := c.keptParent(name, kept)
		fmt.Fprintf(&b, "@%s %s\n", name, parent)
		for _, line := range lines(facts[name], facts[parent]) {
			b.WriteString(line + "\n")
		}
	}
	return b.String(), nil
}

// keep marks a locale that differs from its parent, or whose parent isn't
// found by leaving out the last part of the name.
func (c *cldr) keep(name string, facts map[string]map[string]string, kept map[string]bool) {
	parent := c.parent(name)
	if parent == "root" || len(lines(facts[name], facts[parent])) > 0 || parent != truncate(name) {
		kept[name] = true
	}
}

// keptParent is the nearest ancestor that is kept, or "root".
func (c *cldr) keptParent(name string, kept map[string]bool) string {
	for {
		if name = c.parent(name); name == "root" || kept[name] {
			return name
		}
	}
}

// parent is the locale that a locale inherits from, or "root".
func (c *cldr) parent(name string) string {
	p, ok := c.parents[name]
	if !ok {
		p = truncate(name)
	}
	if _, ok := c.calendars[p]; !ok || p == name {
		return "root"
	}
	return p
}

func truncate(name string) string {
	return name[:max(0, strings.LastIndexByte(name, '-'))]
}

// lines are the facts of a locale that its parent (nil for none) doesn't give.
func lines(own, parent map[string]string) []string {
	var list []string
	add := func(kind string, known string) {
		if v := own[kind]; v != known {
			list = append(list, kind+" "+v)
		}
	}
	for _, kind := range []string{"M", "m"} {
		add(kind, parent[kind])
		// Format names stand for the stand-alone ones too.
		alone := map[string]string{"M": "L", "m": "l"}[kind]
		if own[kind] != parent[kind] {
			add(alone, own[kind])
		} else {
			add(alone, parent[alone])
		}
	}
	for _, kind := range []string{"D", "d", "P", "B", "G", "F", "T"} {
		add(kind, parent[kind])
	}
	return list
}

// facts are the facts of one locale by the letter of their line.
func (c *cldr) facts(name string) (map[string]string, error) {
	cal := c.calendars[name]
	dates, times := patterns(cal.DateFormats), patterns(cal.TimeFormats)
	months := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
	week := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	days := "format"
	if strings.Contains(dates[0], "cccc") {
		days = "stand-alone" // the form for dates in that language
	}
	m := map[string][]string{
		"M": pick(cal.Months["format"]["wide"], months),
		"m": pick(cal.Months["format"]["abbreviated"], months),
		"L": pick(cal.Months["stand-alone"]["wide"], months),
		"l": pick(cal.Months["stand-alone"]["abbreviated"], months),
		"D": pick(cal.Days[days]["wide"], week),
		"d": pick(cal.Days[days]["abbreviated"], week),
		"P": pick(cal.DayPeriods["format"]["abbreviated"], []string{"am", "pm"}),
		"F": dates,
		"T": times,
	}
	if strings.ContainsRune(strings.Join(dates, ""), 'G') {
		m["G"] = []string{cal.Eras["eraAbbr"]["1"]}
	}
	if strings.ContainsRune(strings.Join(times, ""), 'B') {
		m["B"] = c.hours(name, cal.DayPeriods["format"]["abbreviated"])
	}
	out := make(map[string]string)
	for kind, values := range m {
		for _, v := range values {
			if v == "" || strings.ContainsAny(v, "|\n") {
				return nil, fmt.Errorf("%s: odd value %q", kind, v)
			}
		}
		out[kind] = strings.Join(values, "|")
		if name == "en" || strings.HasPrefix(name, "en-") {
			out[kind] = strings.ReplaceAll(out[kind], "\u202f", " ")
		}
	}
	return out, nil
}

func pick(from names, keys []string) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = from[k]
	}
	return list
}

// patterns are the four patterns of a kind.
func patterns(from map[string]any) []string {
	var list []string
	for _, k := range []string{"full", "long", "medium", "short"} {
		p, _ := from[k].(string)
		list = append(list, p)
	}
	return list
}

// hours are the names of the parts of the day, each hour's.
func (c *cldr) hours(name string, named names) []string {
	rules := c.periods[name]
	for n := name; rules == nil && n != ""; rules = c.periods[n] {
		n = truncate(n)
	}
	list := make([]string, 24)
	for period, rule := range rules {
		if rule["_from"] == "" {
			continue
		}
		from, _ := strconv.Atoi(rule["_from"][:2])
		to, _ := strconv.Atoi(rule["_before"][:2])
		for h := from; h%24 != to%24; h++ {
			list[h%24] = named[period]
		}
	}
	return list
}

func read(dir string) (*cldr, error) {
	var core struct{ EffectiveCoverageLevels map[string]string }
	var pkg struct{ Version string }
	var parents struct {
		Supplemental struct {
			ParentLocales struct{ ParentLocale map[string]string }
		}
	}
	var periods struct {
		Supplemental struct {
			DayPeriodRuleSet map[string]map[string]map[string]string
		}
	}
	supplemental := filepath.Join(dir, "cldr-core", "supplemental")
	err := errors.Join(
		readJSON(filepath.Join(dir, "cldr-core", "coverageLevels.json"), &core),
		readJSON(filepath.Join(dir, "cldr-core", "package.json"), &pkg),
		readJSON(filepath.Join(supplemental, "parentLocales.json"), &parents),
		readJSON(filepath.Join(supplemental, "dayPeriods.json"), &periods),
	)
	if err != nil {
		return nil, err
	}
	c := &cldr{
		version:   pkg.Version,
		levels:    core.EffectiveCoverageLevels,
		parents:   parents.Supplemental.ParentLocales.ParentLocale,
		periods:   periods.Supplemental.DayPeriodRuleSet,
		calendars: make(map[string]calendar),
	}
	files, err := filepath.Glob(filepath.Join(dir, "cldr-dates-full", "main", "*", "ca-gregorian.json"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := c.readCalendar(file); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// readCalendar reads a locale, if its data is covered well enough.
func (c *cldr) readCalendar(file string) error {
	name := filepath.Base(filepath.Dir(file))
	if l := c.levels[name]; l != "modern" && l != "moderate" && l != "basic" || name == "und" {
		return nil
	}
	var doc struct {
		Main map[string]struct {
			Dates struct {
				Calendars struct{ Gregorian calendar }
			}
		}
	}
	if err := readJSON(file, &doc); err != nil {
		return err
	}
	c.calendars[name] = doc.Main[name].Dates.Calendars.Gregorian
	return nil
}

func readJSON(file string, into any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
