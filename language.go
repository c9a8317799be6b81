package jam

import "golang.org/x/text/language"

// Language is a language of a site.
type Language struct {
	// Code is its BCP 47 tag, such as "en" or "pt-BR".
	Code string
	// Dir is the direction of its script: "ltr" or "rtl".
	Dir string
}

// Lang returns the Code, by the name that templates know.
func (l Language) Lang() string { return l.Code }

// LanguageDirection returns Dir, by the name that templates know.
func (l Language) LanguageDirection() string { return l.Dir }

// String returns the Code.
func (l Language) String() string { return l.Code }

func languageOf(code string) Language {
	dir := "ltr"
	switch script, _ := language.Make(code).Script(); script.String() {
	case "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa":
		dir = "rtl"
	}
	return Language{Code: code, Dir: dir}
}
