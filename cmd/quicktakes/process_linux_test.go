package main

import (
	"os/exec"
	"syscall"
)

// dieWithTests has the system kill a process when the tests are killed, which then end
// nothing themselves.
func dieWithTests(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
