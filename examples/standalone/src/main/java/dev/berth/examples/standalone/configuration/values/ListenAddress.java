package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;

/**
 * An address to listen on: {@code 127.0.0.1:5000}, {@code [::1]:5000}, or {@code :5000} for every interface.
 *
 * @param host a name or address
 * @param port the port; 0 for any free port
 */
public record ListenAddress(String host, int port) {
    private static final String EVERY_INTERFACE = "0.0.0.0";

    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw bad(text);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon < 0 || port < 0 || port > 65535) {
                throw bad(text);
            }
            return new ListenAddress(host.isEmpty() ? EVERY_INTERFACE : host, port);
        } catch (NumberFormatException e) {
            throw bad(text);
        }
    }

    private static CommandException bad(String text) {
        return new CommandException("'" + text + "' is not an address to listen on; write HOST:PORT, such as"
                + " 127.0.0.1:5000, or :5000 for every interface.");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
