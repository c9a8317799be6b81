package related

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Defaults of the zero values of [Config].
const (
	DefaultLimit  = 20
	DefaultWindow = 512
)

// maxWeight bounds weights, so that their sums cannot overflow.
const maxWeight = 1 << 30

// An Index is one kind of keyword, such as tags.
type Index struct {
	// Name is what a [Query] calls the index by; case is ignored.
	Name string

	// Weight is what a match in the index counts. It may be negative; 0 turns
	// the index off.
	Weight int

	// ApplyFilter collects the keywords that matched in [Result.Filter].
	ApplyFilter bool

	// CardinalityThreshold drops the keywords that more than this percentage
	// of the documents with any keyword in the index have. 0 drops none.
	CardinalityThreshold int

	// ToLower is Config.ToLower for this index alone.
	ToLower bool
}

// Config says what makes documents related. The zero value relates nothing.
type Config struct {
	Indices []Index

	// Threshold is the least normalized rank, 0 to 100. Hugo's default is 80.
	Threshold int

	// IncludeNewer admits documents newer than the one searched for.
	IncludeNewer bool

	// ToLower ignores the case of keywords.
	ToLower bool

	// Limit is the most results of a search; 0 means DefaultLimit.
	Limit int

	// Window is the most documents of one keyword that a search considers;
	// 0 means DefaultWindow. The package documentation has the rule.
	Window int
}

// A Document is what [New] has to know about one.
type Document struct {
	Date     time.Time  // of publication; zero when there is none
	Keywords [][]string // by index, as in Config.Indices; may be shorter
}

// validate returns every fault of the configuration, joined.
func (c *Config) validate() error {
	var errs []error
	fault := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if c.Threshold < 0 || c.Threshold > 100 {
		fault("related: threshold is %d; it must be between 0 and 100", c.Threshold)
	}
	if c.Limit < 0 {
		fault("related: limit is %d; it must not be negative", c.Limit)
	}
	if c.Window < 0 {
		fault("related: window is %d; it must not be negative", c.Window)
	}
	for i, x := range c.Indices {
		if x.Name == "" {
			fault("related: index %d has no name", i+1)
			continue
		}
		if findIndex(c.Indices[:i], x.Name) >= 0 {
			fault("related: index %q is configured twice", x.Name)
		}
		if x.Weight < -maxWeight || x.Weight > maxWeight {
			fault("related: index %q: weight is %d; it must be between %d and %d", x.Name, x.Weight, -maxWeight, maxWeight)
		}
		if x.CardinalityThreshold < 0 || x.CardinalityThreshold > 100 {
			fault("related: index %q: cardinality threshold is %d; it must be between 0 and 100", x.Name, x.CardinalityThreshold)
		}
	}
	return errors.Join(errs...)
}

// findIndex returns the place of the index of that name, or -1.
func findIndex(indices []Index, name string) int {
	for i := range indices {
		if strings.EqualFold(indices[i].Name, name) {
			return i
		}
	}
	return -1
}
