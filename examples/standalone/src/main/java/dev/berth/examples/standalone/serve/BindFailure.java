package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.values.ListenAddress;
import java.net.BindException;
import java.util.Locale;

/** Words why a port cannot be had, and what to do: the reasons have nothing in common but their exception. */
final class BindFailure {
    private static final int FIRST_FREE_PORT = 1024;

    private BindFailure() {}

    /** Returns the reason and the remedy, to follow a colon. */
    static String sentence(ListenAddress address, BindException e) {
        String reason = String.valueOf(e.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("permission") || lower.contains("not permitted")) {
            return address.port() > 0 && address.port() < FIRST_FREE_PORT
                    ? "ports below " + FIRST_FREE_PORT + " need a privilege that this program does not have"
                            + " (CAP_NET_BIND_SERVICE); choose a port above " + (FIRST_FREE_PORT - 1) + " with --listen"
                            + ", or give it the privilege."
                    : "the system does not permit it (" + reason + "); choose another port with --listen.";
        }
        if (lower.contains("assign requested address")) {
            return "that is no address of this machine; choose another address with --listen.";
        }
        return reason
                + "; stop the program that uses the port, or choose another address of this machine with --listen.";
    }
}
