package search

import "math"

// Shares of a term's impact, next to the text's, which stays below 1.
const (
	titleShare       = 1.4 // of a title that is this term alone
	headingShare     = 0.35
	keywordShare     = 0.35
	descriptionShare = 0.2
)

// Parameters of BM25: how soon a frequency saturates, and how much the length
// of the text counts.
const (
	saturation = 1.2
	lengthPart = 0.75
)

// levelBounds are the least impacts of the levels from 1 up: a level is a
// quarter more than the one below, and stands for 0.1 * 1.25^level.
var levelBounds = func() (bounds [15]float64) {
	bound := 0.1 * math.Sqrt(1.25)
	for i := range bounds {
		bounds[i] = bound
		bound *= 1.25
	}
	return bounds
}()

// levelsOf returns the levels of a document's terms by their counts.
func levelsOf(d *document, average float64) *[256]byte {
	// The conversions keep processors from fusing the steps, which would round
	// differently from one to another.
	length := saturation * (1 - lengthPart + float64(lengthPart*(float64(d.words)/average)))
	title := titleShare / math.Sqrt(float64(max(d.title, 1)))
	var text [maxFrequency + 1]float64
	for i := range text {
		text[i] = float64(i) / (float64(i) + length)
	}
	var levels [256]byte
	for counts := range levels {
		impact := text[counts&maxFrequency]
		for _, f := range [...]struct {
			flag  int
			share float64
		}{{inTitle, title}, {inHeading, headingShare}, {inKeywords, keywordShare}, {inDescription, descriptionShare}} {
			if counts&f.flag != 0 {
				impact += float64(f.share)
			}
		}
		levels[counts] = level(impact)
	}
	return &levels
}

func level(impact float64) byte {
	for i, bound := range levelBounds {
		if impact < bound {
			return byte(i)
		}
	}
	return 15
}
