package main

import (
	"errors"
	"strings"
)

// permalinks is a flag that can be given several times, such as posts=/:year/:slug/.
type permalinks map[string]string

func (p permalinks) String() string { return "" }

func (p permalinks) Set(s string) error {
	section, pattern, ok := strings.Cut(s, "=")
	if !ok {
		return errors.New("want section=pattern")
	}
	p[section] = pattern
	return nil
}
