package jam

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// checkJSON reports the first value within v that JSON cannot hold, by its path.
func checkJSON(v any, path string) error {
	b, err := json.Marshal(v)
	if err == nil && (b != nil || v == nil) {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if err := checkJSON(v[key], path+"."+key); err != nil {
				return err
			}
		}
	case []any:
		for i, item := range v {
			if err := checkJSON(item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
	}
	if f := reflect.ValueOf(v); f.CanFloat() {
		return fmt.Errorf("%s: JSON has no number %v", path, v)
	}
	return fmt.Errorf("%s: JSON cannot hold a value of type %s", path, typeName(v))
}

// jsonError places what is wrong with the parameters of a page that is written as JSON.
func (p *Page) jsonError(cause error) error {
	params := p.Params()
	for _, key := range slices.Sorted(maps.Keys(params)) {
		if err := checkJSON(params[key], key); err != nil {
			return p.v.snap.fieldError(p.d, key, "render", fmt.Errorf("format json: %w", err))
		}
	}
	return fmt.Errorf("format json: %w", cause)
}
