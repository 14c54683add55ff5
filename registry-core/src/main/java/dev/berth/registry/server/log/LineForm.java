package dev.berth.registry.server.log;

import dev.berth.registry.server.ServerExchange;
import java.net.InetSocketAddress;

/** The form of a line. Thread-safe. */
@FunctionalInterface
interface LineForm {

    /** Returns the line of an exchange, without its end. */
    String line(ServerExchange exchange);

    /** Returns the address of the client; empty if it is unknown. */
    static String client(ServerExchange exchange) {
        return exchange.remoteAddress().map(LineForm::host).orElse("");
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }
}
