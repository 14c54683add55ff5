package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.examples.standalone.configuration.Settings;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The warning for a server that takes passwords without TLS. One that is open to all warns by itself. */
final class ClearTextWarning {
    private ClearTextWarning() {}

    /** Returns the warning; empty if there is TLS, here or at a proxy that is named, or the server is for this machine. */
    static Optional<String> of(Settings settings, InetSocketAddress address) {
        boolean open = settings.auth().isEmpty() && settings.access().isEmpty();
        boolean behindProxy = settings.access()
                .map(AccessSettings::trustedProxies)
                .filter(proxies -> !proxies.isEmpty())
                .isPresent();
        boolean safe = open
                || behindProxy
                || settings.tls().isPresent()
                || address.getAddress().isLoopbackAddress();
        return safe
                ? Optional.empty()
                : Optional.of(
                        "Passwords and tokens travel in the clear: " + address + " is reachable from other machines"
                                + " without TLS. Set http.tls.certificate and http.tls.key, or listen on a loopback address behind a"
                                + " proxy with TLS");
    }
}
