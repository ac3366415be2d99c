package main

import (
	"os/exec"
	"syscall"
)

// dieWithTests makes the system kill a process when the tests are killed, as they cannot end
// it themselves then.
func dieWithTests(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
