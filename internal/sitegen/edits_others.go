package sitegen

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

func (s *Site) editData() string {
	return s.editOther(append([]string{"data/deep/more.yaml"}, dataFiles...))
}

func (s *Site) editStatic() string { return s.editOther(statics) }

// editOther writes or removes one of the files of a list.
func (s *Site) editOther(list []string) string {
	name := pick(s, list...)
	if _, ok := s.files[name]; ok && s.chance(3) {
		s.remove(name)
		return "without " + name
	}
	s.set(name, s.otherText(name))
	return name
}

// editSource edits what is a source of some sites.
func (s *Site) editSource() string {
	name := pick(s, append([]string{"source/fourth.md"}, sourceFiles...)...)
	if _, ok := s.files[name]; ok && name != sourceFiles[0] && s.chance(4) {
		s.remove(name)
		return "without " + name
	}
	s.set(name, s.sourceText(name))
	return name
}

// editClock lets the clock go on, or back.
func (s *Site) editClock() string {
	day := pick(s, "2026-06-01", "2026-05-30", "2027-02-03", "2031-01-02")
	s.set(ClockFile, day+"\n")
	return day
}

func (s *Site) editMessages() string {
	lang := pick(s, s.langs...)
	s.set("i18n/"+lang+".yaml", s.messages(lang))
	return lang
}

// editMessage removes a message of a table, or takes one over from another table.
func (s *Site) editMessage() string {
	name := "i18n/" + pick(s, s.langs...) + ".yaml"
	lines := strings.SplitAfter(s.files[name], "\n")
	other := strings.SplitAfter(s.files["i18n/"+pick(s, s.langs...)+".yaml"], "\n")
	line := pick(s, other...)
	id, _, found := strings.Cut(line, ":")
	if !found {
		return ""
	}
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, id+":") })
	switch {
	case i < 0:
		s.set(name, line+s.files[name])
	case len(lines) > 2:
		s.set(name, strings.Join(slices.Delete(lines, i, i+1), ""))
	default:
		return ""
	}
	return name + " " + id
}

var numberPattern = regexp.MustCompile(`\b[0-9]\b`)

// editNumber changes a number in data.
func (s *Site) editNumber() string {
	name := pick(s, dataFiles...)
	text := s.files[name]
	all := numberPattern.FindAllStringIndex(text, -1)
	if all == nil {
		return ""
	}
	at := pick(s, all...)
	s.set(name, text[:at[0]]+fmt.Sprint(s.between(0, 9))+text[at[1]:])
	return name
}

// editConfig gives an option another value, or its default.
func (s *Site) editConfig() string {
	o := pick(s, options...)
	if s.chance(6) {
		o = option{"Title", 1, func(s *Site) any { return s.phrase(1, 3) }}
	} else if s.chance(6) {
		o = option{"BaseURL", 1, func(s *Site) any { return pick(s, "https://example.org/", "https://example.org/sub/", "") }}
	}
	if s.chance(8) {
		s.editLanguage()
		s.writeConfig()
		return "a language"
	}
	if _, ok := s.config[o.name]; ok && o.name != "Go" && s.chance(2) {
		delete(s.config, o.name)
	} else {
		s.config[o.name] = o.value(s)
	}
	s.writeConfig()
	return o.name
}

// editLanguage changes what is said of a language.
func (s *Site) editLanguage() {
	langs, _ := s.config["Languages"].([]any)
	langs = slices.Clone(langs)
	if len(langs) == 0 {
		langs = []any{map[string]any{"Code": s.langs[0]}}
	}
	i := s.rand.IntN(len(langs))
	l := maps.Clone(langs[i].(map[string]any))
	switch name := pick(s, "Name", "Title", "Params", "Path", "Dir", "Taxonomies", "Menus"); name {
	case "Params":
		l[name] = map[string]any{"color": pick(s, colors...)}
	case "Path":
		l[name] = pick(s, "in/"+l["Code"].(string), l["Code"].(string))
	case "Dir":
		l[name] = pick(s, "ltr", "rtl")
	case "Taxonomies":
		l[name] = list(pick(s, []string{"tags"}, []string{"tags", "colors"}, []string{"categories"}))
	case "Menus":
		l[name] = map[string]any{"main": []any{map[string]any{"PageRef": "/posts", "Name": s.phrase(1, 1)}}}
	default:
		l[name] = s.phrase(1, 2)
	}
	langs[i] = l
	s.config["Languages"] = langs
}

// breakFile makes a mistake in a file, which keeps the site from being loaded or built.
func (s *Site) breakFile() string {
	name, d := s.anyDocument()
	if d == nil {
		return ""
	}
	switch s.rand.IntN(6) {
	case 0:
		s.setDocument(name, d.with("date", "not a date"))
	case 1:
		s.setDocument(name, d.withBlocks(append(slices.Clone(d.blocks), "{{< unknown >}}")))
	case 2:
		s.setDocument(name, d.withBlocks(append(slices.Clone(d.blocks), "{{< relref \"/not/there\" >}}")))
	case 3:
		name = pick(s, s.templates("layouts/", true)...)
		l := *s.tpls[name]
		l.tail += "{{ .Nothing.Of.This }}"
		s.setLayout(name, &l)
	case 4:
		name = pick(s, s.templates("layouts/", true)...)
		l := *s.tpls[name]
		l.tail += "{{ end }}"
		s.setLayout(name, &l)
	case 5:
		name = "data/settings.yaml"
		s.set(name, "a: [")
	}
	return name
}
