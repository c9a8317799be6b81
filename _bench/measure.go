package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// usage is what a run took.
type usage struct {
	wall, cpu float64 // in seconds
	peak      float64 // of memory, in MB; 0 where it isn't known
}

// measure runs a program to its end.
func measure(ctx context.Context, env []string, program string, args ...string) (usage, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		const enough = 2000
		return usage{}, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out.Bytes()[:min(out.Len(), enough)])
	}
	state := cmd.ProcessState
	return usage{
		wall: wall.Seconds(),
		cpu:  (state.UserTime() + state.SystemTime()).Seconds(),
		peak: peakMemory(state),
	}, nil
}

func exeSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
