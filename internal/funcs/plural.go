package funcs

import (
	"strings"
	"sync"
)

// irregular nouns and their plurals.
var irregular = map[string]string{
	"alumnus": "alumni", "analysis": "analyses", "appendix": "appendices", "axis": "axes",
	"bacterium": "bacteria", "basis": "bases", "cactus": "cacti", "child": "children",
	"crisis": "crises", "criterion": "criteria", "datum": "data", "die": "dice",
	"foot": "feet", "fungus": "fungi", "goose": "geese", "hypothesis": "hypotheses",
	"index": "indices", "knife": "knives", "life": "lives", "louse": "lice", "man": "men",
	"matrix": "matrices", "medium": "media", "mouse": "mice", "movie": "movies",
	"nucleus": "nuclei", "oasis": "oases", "ox": "oxen", "parenthesis": "parentheses",
	"person": "people", "phenomenon": "phenomena", "quiz": "quizzes", "stimulus": "stimuli",
	"synopsis": "synopses", "thesis": "theses", "thief": "thieves", "tooth": "teeth",
	"vertex": "vertices", "wife": "wives", "woman": "women",
	// Regular nouns whose ending misleads the rules.
	"alias": "aliases", "atlas": "atlases", "bias": "biases", "bus": "buses",
	"canvas": "canvases", "gas": "gases", "lens": "lenses", "status": "statuses",
	"virus": "viruses", "cookie": "cookies", "tie": "ties", "pie": "pies", "cache": "caches",
	"shoe": "shoes", "toe": "toes", "niche": "niches", "ache": "aches",
	"potato": "potatoes", "tomato": "tomatoes", "hero": "heroes", "echo": "echoes",
	"half": "halves", "shelf": "shelves", "wolf": "wolves", "leaf": "leaves",
	"loaf": "loaves", "calf": "calves", "self": "selves", "elf": "elves",
	"house": "houses", "horse": "horses", "course": "courses", "nurse": "nurses",
	"database": "databases", "case": "cases", "base": "bases", "release": "releases",
	"use": "uses", "cause": "causes", "phrase": "phrases", "response": "responses",
	"license": "licenses", "expense": "expenses", "exercise": "exercises", "size": "sizes",
	"prize": "prizes", "purpose": "purposes", "increase": "increases", "axe": "axes",
	"menu": "menus", "zombie": "zombies", "calorie": "calories", "selfie": "selfies",
}

var irregularSingular = sync.OnceValue(func() map[string]string {
	out := make(map[string]string, len(irregular))
	for one, many := range irregular {
		if old, ok := out[many]; !ok || one < old {
			out[many] = one
		}
	}
	out["axes"], out["bases"] = "axis", "base"
	return out
})

func uncountable(word string) bool {
	switch word {
	case "aircraft", "audio", "bison", "deer", "equipment", "feedback", "fish", "furniture",
		"hardware", "information", "jeans", "knowledge", "luggage", "money", "moose", "music",
		"news", "offspring", "police", "rice", "salmon", "series", "sheep", "shrimp",
		"software", "species", "swine", "trout":
		return true
	}
	return false
}

// pluralEnding gives a regular noun the ending of its plural.
func pluralEnding(w string) string {
	switch {
	case hasAnySuffix(w, "ss", "us", "x", "z", "ch", "sh"):
		return w + "es"
	case strings.HasSuffix(w, "is"):
		return w[:len(w)-2] + "es"
	case strings.HasSuffix(w, "s"), isMen(w): // a plural already
		return w
	case strings.HasSuffix(w, "y") && !hasAnySuffix(w, "ay", "ey", "iy", "oy", "uy") && len(w) > 1:
		return w[:len(w)-1] + "ies"
	case strings.HasSuffix(w, "man") && !hasAnySuffix(w, "human", "german", "roman"):
		return w[:len(w)-2] + "en"
	}
	return w + "s"
}

// singularEnding takes the ending of the plural from a regular noun.
func singularEnding(w string) string {
	switch {
	case len(w) < 3 || hasAnySuffix(w, "ss", "us", "is"):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case hasAnySuffix(w, "sses", "uses", "xes", "zes", "ches", "shes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	case isMen(w):
		return w[:len(w)-2] + "an"
	}
	return w
}

// isMen reports whether w is a plural such as salesmen.
func isMen(w string) bool {
	return strings.HasSuffix(w, "women") || strings.HasSuffix(w, "men") && !hasAnySuffix(w, "omen", "specimen", "regimen")
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, x := range suffixes {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}
