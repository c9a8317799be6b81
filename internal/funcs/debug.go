package funcs

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Debug is the namespace debug, without Timer, whose results differ from
// build to build.
type Debug struct{}

// Dump returns a value as indented JSON: debug.Dump VALUE.
func (Debug) Dump(v any) (string, error) {
	if err := encodable(v, 2, 0); err != nil {
		return "", fmt.Errorf("debug.Dump: %w", err)
	}
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return "", fmt.Errorf("debug.Dump: %w", err)
	}
	return string(b), nil
}

// VisualizeSpaces replaces spaces by [SPACE]: debug.VisualizeSpaces INPUT.
func (Debug) VisualizeSpaces(in any) (string, error) {
	s, err := text("debug.VisualizeSpaces", in)
	return strings.ReplaceAll(s, " ", "[SPACE]"), err
}
