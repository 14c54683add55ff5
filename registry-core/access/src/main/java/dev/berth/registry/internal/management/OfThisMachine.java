package dev.berth.registry.internal.management;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.RegistryRequest;
import java.util.List;

/**
 * Admits programs of the machine that the server runs on. A proxy on it passes on what comes from elsewhere, and a page in a
 * browser can be made to lead here by its name: neither is admitted.
 *
 * @param rights none, since nobody has an account
 */
public record OfThisMachine(AllRights rights) implements Admission {
    private static final List<String> OF_BROWSERS = List.of("Origin", "Referer", "Sec-Fetch-Site");

    @Override
    public Actor admit(RegistryRequest request) {
        if (request.isOfThisMachine()
                && OF_BROWSERS.stream().allMatch(name -> request.header(name).isEmpty())) {
            return Actor.operator("this machine", rights);
        }
        throw RegistryException.of(
                ErrorCode.DENIED,
                "This registry has no accounts, so that only programs of its own machine are told this; ask there, or"
                        + " give it a section 'access'");
    }

    @Override
    public RegistryException reported(RegistryException e, Actor actor, String target) {
        return e;
    }
}
