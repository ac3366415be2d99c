package main

import (
	"context"
	"fmt"
	"net"

	"github.com/coreos/go-systemd/v22/activation"
)

// plainSocket is the name (FileDescriptorName=) of the socket from systemd that stands
// for --http-addr; any other stands for --addr.
const plainSocket = "http"

// listen returns the listener of the site and, nil if there is none, that of plain HTTP
// beside HTTPS. Sockets that systemd hands over go before addresses: they stay open while
// the program is started anew
// (https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html).
func (p *program) listen(ctx context.Context) (site, plain *queueListener, err error) {
	passed, err := activation.ListenersWithNames()
	if err != nil {
		return nil, nil, fmt.Errorf("take over sockets from systemd: %w", err)
	}
	for name, listeners := range passed {
		for _, listener := range listeners {
			place, flag := &site, "--addr"
			if name == plainSocket && p.config.isTLS() {
				place, flag = &plain, "--http-addr"
			}
			if *place != nil {
				return nil, nil, fmt.Errorf("systemd passes more than one socket for %s, %s and %s: keep one; beside HTTPS one more may be named %s (FileDescriptorName=)",
					flag, (*place).Addr(), listener.Addr(), plainSocket)
			}
			if *place, err = newQueueListener(listener, true); err != nil {
				return nil, nil, fmt.Errorf("take over socket %s from systemd: %w", name, err)
			}
		}
	}
	if site == nil {
		if site, err = listenOn(ctx, "--addr", p.config.address); err != nil {
			return nil, nil, err
		}
	}
	if plain == nil && p.config.plainAddress != "" {
		if plain, err = listenOn(ctx, "--http-addr", p.config.plainAddress); err != nil {
			return nil, nil, err
		}
	}
	return site, plain, nil
}

// listenOn listens on the address of a flag.
func listenOn(ctx context.Context, flag, address string) (*queueListener, error) {
	var listen net.ListenConfig
	listen.SetMultipathTCP(false) // refuseNew cannot bind such sockets
	listener, err := listen.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s %s: %w", flag, address, err)
	}
	return newQueueListener(listener, false)
}
