package httpapi

import (
	"log/slog"
	"net/http"
	"time"
)

// Server gives a server for the handler with bounds on everything that a client can draw out. It fits a Limits.Time of up
// to 20 seconds; with more, raise ReadTimeout and WriteTimeout. The caller chooses the address, and with it who can reach
// the service; 127.0.0.1 is the machine itself.
//
// Its own error log is silent, because its lines name clients and would repeat the words of a panic.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       25 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		// "OPTIONS *" is answered like any other address that is not there.
		DisableGeneralOptionsHandler: true,
	}
}
