package funcs

import (
	"fmt"
	"math"
	"reflect"
	"time"
)

// Time is the namespace time.
type Time struct{ lib *library }

// namespace is both the namespace time and the short name of time.AsTime.
func (t Time) namespace(args ...any) (any, error) {
	switch len(args) {
	case 0:
		return t, nil
	case 1, 2:
		return t.AsTime(args[0], args[1:]...)
	}
	return nil, miscount("time", "a date and a time zone", len(args))
}

// Now returns the time of the clock in the default location: now.
func (t Time) Now() time.Time { return t.lib.now().In(t.lib.loc) }

// AsTime returns a date as a time.Time: time DATE [ZONE]. The date is a time,
// a string such as 2006-01-02T15:04:05-07:00, 2006-01-02 or 2 Jan 2006, or
// seconds since 1970. A date without zone is in the given one, or in the default location.
func (t Time) AsTime(date any, zone ...any) (time.Time, error) {
	loc := t.lib.loc
	switch len(zone) {
	case 0:
	case 1:
		name, err := text("time", zone[0])
		if err != nil {
			return time.Time{}, err
		}
		if loc, err = t.location("time", name); err != nil {
			return time.Time{}, err
		}
	default:
		return time.Time{}, fmt.Errorf("time: want one time zone, have %d", len(zone))
	}
	return asTime("time", date, loc)
}

func asTime(fn string, date any, loc *time.Location) (time.Time, error) {
	rv := indirect(reflect.ValueOf(date))
	if !rv.IsValid() {
		return time.Time{}, wrong(fn, "a date", date)
	}
	switch d := rv.Interface().(type) {
	case time.Time:
		return d, nil
	case localTime:
		return d.AsTime(loc), nil
	}
	if rv.CanInt() || rv.CanUint() {
		n, err := toInt64(date)
		// Beyond a million years or so, time.Time's arithmetic overflows.
		if err != nil || n > 1<<45 || n < -1<<45 {
			return time.Time{}, fmt.Errorf("%s: %v is no time in seconds", fn, date)
		}
		return time.Unix(n, 0).In(loc), nil
	}
	if rv.Kind() != reflect.String {
		return time.Time{}, wrong(fn, "a date", date)
	}
	t, err := parseTime(rv.String(), loc)
	if err != nil {
		return t, fmt.Errorf("%s: %w", fn, err)
	}
	return t, nil
}

// location finds a time zone by name for function fn. "Local" is the default
// location, for the machine's would differ from one build to another.
func (t Time) location(fn, name string) (*time.Location, error) {
	switch name {
	case "", "UTC":
		return time.UTC, nil
	case "Local":
		return t.lib.loc, nil
	}
	loc, err := t.lib.zones.get(name, func() (*time.Location, error) { return t.lib.zone(name) })
	if err != nil {
		return nil, fmt.Errorf("%s: %w", fn, err)
	}
	return loc, nil
}

// Format formats a date: time.Format LAYOUT DATE. The layout is as in Go's
// package time, or one of :date_full, :date_long, :date_medium, :date_short,
// :time_full, :time_long, :time_medium and :time_short, with the words and
// customs of the language (Options.Dates). The date is as in [Time.AsTime].
func (t Time) Format(layout, date any) (string, error) {
	l, err := text("time.Format", layout)
	if err != nil {
		return "", err
	}
	d, err := asTime("time.Format", date, t.lib.loc)
	if err != nil {
		return "", err
	}
	s, err := t.lib.dates(d, l)
	if err != nil {
		return "", fmt.Errorf("time.Format: %w", err)
	}
	return s, nil
}

// In returns a date in a time zone: time.In ZONE DATE.
func (t Time) In(zone, date any) (time.Time, error) {
	name, err := text("time.In", zone)
	if err != nil {
		return time.Time{}, err
	}
	loc, err := t.location("time.In", name)
	if err != nil {
		return time.Time{}, err
	}
	d, err := asTime("time.In", date, t.lib.loc)
	if err != nil {
		return time.Time{}, err
	}
	return d.In(loc), nil
}

// ParseDuration parses a duration such as 1h30m: time.ParseDuration DURATION.
func (Time) ParseDuration(in any) (time.Duration, error) {
	s, err := text("time.ParseDuration", in)
	if err != nil {
		return 0, err
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("time.ParseDuration: %w", err)
	}
	return d, nil
}

// Duration returns a number of units: duration UNIT NUMBER. Units are hour,
// minute, second, millisecond, microsecond and nanosecond, or h, m, s, ms, us
// (µs) and ns. A fraction of a unit counts.
func (Time) Duration(unit, count any) (time.Duration, error) {
	name, err := text("duration", unit)
	if err != nil {
		return 0, err
	}
	one := durationUnit(name)
	if one == 0 {
		return 0, fmt.Errorf("duration: unknown unit %q", name)
	}
	f, err := toFloat(count)
	if err != nil {
		return 0, fmt.Errorf("duration: %w", err)
	}
	if math.Abs(f)*float64(one) >= math.MaxInt64 || math.IsNaN(f) {
		return 0, fmt.Errorf("duration: %v %s is too long", f, name)
	}
	if n, err := toInt64(count); err == nil && float64(n) == f {
		return time.Duration(n) * one, nil
	}
	return time.Duration(f * float64(one)), nil
}

func durationUnit(name string) time.Duration {
	switch name {
	case "hour", "h":
		return time.Hour
	case "minute", "m":
		return time.Minute
	case "second", "s":
		return time.Second
	case "millisecond", "ms":
		return time.Millisecond
	case "microsecond", "us", "µs":
		return time.Microsecond
	case "nanosecond", "ns":
		return time.Nanosecond
	}
	return 0
}
