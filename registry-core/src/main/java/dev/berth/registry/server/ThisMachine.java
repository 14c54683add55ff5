package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what a program of the own machine has sent. A proxy on it passes on what comes from elsewhere. */
final class ThisMachine {
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** A page in a browser can be made to lead here by a name of its own. */
    private static final Pattern HOST =
            Pattern.compile("(?i)(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

    private ThisMachine() {}

    static boolean hasSent(RegistryRequest request) {
        return isHere(request.peerAddress())
                && isHere(request.remoteAddress())
                && request.header("Host")
                        .filter(host -> HOST.matcher(host).matches())
                        .isPresent()
                && OF_PROXIES.stream().allMatch(name -> request.header(name).isEmpty());
    }

    private static boolean isHere(Optional<InetSocketAddress> address) {
        return address.filter(
                        known -> !known.isUnresolved() && known.getAddress().isLoopbackAddress())
                .isPresent();
    }
}
