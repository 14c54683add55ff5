package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookHttpOptions;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which endpoints are surely refused, since their URL says that they are inside: by a private address, or by a name that
 * only a private network has. The sender refuses them, and all others whose name leads inside, when it resolves the name.
 *
 * @param allowed names and networks that are allowed
 */
record InsideAddresses(List<String> allowed) {
    private static final Pattern PRIVATE = Pattern.compile(
            "127\\..*|10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|169\\.254\\..*|0\\..*|\\[.*]|localhost|[^.]+");

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");

    static InsideAddresses of(String path, List<String> allowed) {
        Checked.value(path, () -> WebhookHttpOptions.builder().allowInside(allowed.toArray(String[]::new)));
        return new InsideAddresses(allowed);
    }

    private static boolean isNetwork(String name) {
        return name.indexOf('/') >= 0 || NUMBERS.matcher(name).matches();
    }

    /** Returns the warning for an endpoint that is inside, if nothing is allowed that could be it. */
    Optional<String> refusal(WebhookEndpoint endpoint) {
        URI url = endpoint.url();
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        boolean named = allowed.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(host) || name.startsWith(host + ":") || isNetwork(name));
        if (named || !PRIVATE.matcher(host).matches()) {
            return Optional.empty();
        }
        return Optional.of("The endpoint " + endpoint.name() + " of notifications leads to " + host
                + ", which is inside, so that nothing is sent to it: whoever may add endpoints could reach what is not for"
                + " them. Unlike with registry:2, name what is meant to be reached with "
                + NotificationReader.ALLOW_INSIDE + ", as the host or as a network such as 10.0.0.0/8.");
    }
}
