package dev.berth.registry.internal.management;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.RegistryRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Admits programs of the machine that the server runs on. A proxy on it passes on what comes from elsewhere, and a page in a
 * browser can be made to lead here by its name: neither is admitted.
 *
 * @param rights none, since nobody has an account
 */
public record OfThisMachine(AllRights rights) implements Admission {
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private static final List<String> OF_BROWSERS = List.of("Origin", "Referer", "Sec-Fetch-Site");

    private static final Pattern HOST =
            Pattern.compile("(?i)(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

    @Override
    public Actor admit(RegistryRequest request) {
        if (isHere(request.peerAddress()) && isHere(request.remoteAddress()) && isDirect(request)) {
            return Actor.operator("this machine", rights);
        }
        throw RegistryException.of(
                ErrorCode.DENIED,
                "This registry has no accounts, so that only programs of its own machine are told this; ask there, or"
                        + " give it a section 'access'");
    }

    private static boolean isHere(Optional<InetSocketAddress> address) {
        return address.filter(
                        known -> !known.isUnresolved() && known.getAddress().isLoopbackAddress())
                .isPresent();
    }

    private static boolean isDirect(RegistryRequest request) {
        return request.header("Host")
                        .filter(host -> HOST.matcher(host).matches())
                        .isPresent()
                && OF_PROXIES.stream().allMatch(name -> request.header(name).isEmpty())
                && OF_BROWSERS.stream().allMatch(name -> request.header(name).isEmpty());
    }

    @Override
    public RegistryException reported(RegistryException e, Actor actor, String target) {
        return e;
    }
}
