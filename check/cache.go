package check

import (
	"encoding/json"
	"maps"
	"sync"
	"time"
)

// Answer is what another site said when it was asked for a URL.
type Answer struct {
	Status int       `json:"status,omitempty"` // of HTTP; 0 if there was no answer
	Moved  string    `json:"moved,omitempty"`  // where to it has moved for good
	Err    string    `json:"error,omitempty"`  // why there was no answer
	Time   time.Time `json:"time"`             // when that was
}

func (a Answer) broken() bool {
	switch a.Status {
	case 401, 403, 405, 406, 407, 429, 451, 999:
		return false
	}
	return a.Status >= 400 || a.Err != ""
}

// Cache keeps answers of other sites from one run to the next. It is written and
// read as JSON, with [json.Marshal] and [json.Unmarshal], by whoever wants to keep
// it for longer. Its zero value is empty; it may be used concurrently.
type Cache struct {
	mu      sync.Mutex
	answers map[string]Answer
}

// MarshalJSON returns the answers as an object whose keys are URLs.
func (c *Cache) MarshalJSON() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answers == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(c.answers)
}

// UnmarshalJSON reads what MarshalJSON wrote and adds it to what is there.
func (c *Cache) UnmarshalJSON(text []byte) error {
	var answers map[string]Answer
	if err := json.Unmarshal(text, &answers); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answers == nil {
		c.answers = make(map[string]Answer, len(answers))
	}
	maps.Copy(c.answers, answers)
	return nil
}

// load returns the answer for a URL if it is young enough.
func (c *Cache) load(url string, maxAge time.Duration) (Answer, bool) {
	if c == nil {
		return Answer{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.answers[url]
	if maxAge <= 0 {
		maxAge = 7 * 24 * time.Hour
	}
	if a.broken() {
		maxAge = min(maxAge, time.Hour)
	}
	return a, ok && time.Since(a.Time) < maxAge
}

func (c *Cache) store(url string, a Answer) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answers == nil {
		c.answers = make(map[string]Answer)
	}
	c.answers[url] = a
}
