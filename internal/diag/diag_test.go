package diag

import (
	"errors"
	"io/fs"
	"testing"
)

func TestList(t *testing.T) {
	var l List
	if l.Err() != nil {
		t.Fatal("an empty list is an error")
	}
	l.Add(3, 1, "later")
	l.Add(2, 7, "b: %w", fs.ErrNotExist)
	l.Add(2, 7, "a")
	l.Add(0, 0, "nowhere")
	err := l.Err()
	if got, want := err.Error(), "nowhere\n2:7: a\n2:7: b: file does not exist\n3:1: later"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
	if got := len(Of(err)); got != 4 {
		t.Errorf("Of(list) has %d", got)
	}
	if got := Of(At(1, 2, "x")); len(got) != 1 || got[0].Line != 1 {
		t.Errorf("Of(error) = %v", got)
	}
	if got := Of(fs.ErrExist); len(got) != 1 || got[0].Err != fs.ErrExist {
		t.Errorf("Of(plain) = %v", got)
	}
	if Of(nil) != nil {
		t.Error("Of(nil) is not nil")
	}
}
