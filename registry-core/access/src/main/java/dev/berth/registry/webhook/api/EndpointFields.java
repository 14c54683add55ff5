package dev.berth.registry.webhook.api;

import dev.berth.registry.access.NameSet;
import dev.berth.registry.event.EventType;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookFormat;
import dev.berth.registry.webhook.WebhookSecret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an endpoint from the fields of a request. What no answer shows stays as it is unless it is stated: the URL, the
 * header fields, the secrets. Everything else that is not stated is the default.
 */
final class EndpointFields {
    static final String HEADERS = "headers";
    static final List<String> NAMES = List.of(
            "name",
            "url",
            "format",
            "repositories",
            "actions",
            "types",
            "ignoreActions",
            "ignoreTypes",
            "mediaTypes",
            "ignoreMediaTypes",
            "reads",
            "secrets",
            "timeout",
            "active");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})(ms|s)");

    private final Call call;
    private final Fields fields;

    private EndpointFields(Call call) {
        this.call = call;
        this.fields = call.fields();
    }

    /**
     * Returns the endpoint that a request asks for.
     *
     * @param before the endpoint that it replaces
     * @throws IllegalArgumentException if there cannot be such an endpoint; the message shows nothing secret
     */
    static WebhookEndpoint read(Call call, String name, Optional<WebhookEndpoint> before) {
        return new EndpointFields(call).read(name, before);
    }

    private WebhookEndpoint read(String name, Optional<WebhookEndpoint> before) {
        URI url = url(before);
        WebhookEndpoint.Builder endpoint = WebhookEndpoint.builder(name, url)
                .filter(filter())
                .headers(headers(url, before))
                .secrets(secrets(before))
                .active(call.flag("active", true));
        call.find("format").map(WebhookFormat::parse).ifPresent(endpoint::format);
        call.find("timeout").map(EndpointFields::duration).ifPresent(endpoint::timeout);
        return endpoint.build();
    }

    private URI url(Optional<WebhookEndpoint> before) {
        Optional<String> text = call.find("url");
        if (text.isEmpty()) {
            return before.map(WebhookEndpoint::url).orElseThrow(() -> Fields.invalid("The field 'url' is missing"));
        }
        try {
            return new URI(text.get());
        } catch (URISyntaxException e) {
            // Without the cause, which shows the URL.
            throw Fields.invalid("The field 'url' is no URL such as https://hooks.example/berth");
        }
    }

    private EventFilter filter() {
        EventFilter.Builder filter = EventFilter.builder()
                .repositories(NameSet.of(call.patterns("repositories")))
                .reads(call.flag("reads", false))
                .mediaTypes(fields.findList("mediaTypes").orElse(List.of()))
                .ignoreMediaTypes(fields.findList("ignoreMediaTypes").orElse(List.of()));
        if (stated("actions", "types")) {
            filter.actions(words("actions"));
        } else {
            filter.types(types("types"));
        }
        if (stated("ignoreActions", "ignoreTypes")) {
            filter.ignoreActions(words("ignoreActions"));
        } else {
            filter.ignoreTypes(types("ignoreTypes"));
        }
        return filter.build();
    }

    /** Returns whether the first of two fields is there, of which only one may be. */
    private boolean stated(String name, String alternative) {
        boolean there = fields.findList(name).isPresent();
        if (there && fields.findList(alternative).isPresent()) {
            throw Fields.invalid("The fields '" + name + "' and '" + alternative + "' say the same; state one of them");
        }
        return there;
    }

    private String[] words(String name) {
        return fields.findList(name).orElse(List.of()).toArray(String[]::new);
    }

    private List<EventType> types(String name) {
        return fields.findList(name).orElse(List.of()).stream()
                .map(EventType::parse)
                .toList();
    }

    /** The values go to another place than they were meant for only if whoever sends them there knows them. */
    private Map<String, String> headers(URI url, Optional<WebhookEndpoint> before) {
        Optional<Map<String, String>> stated = fields.findMap(HEADERS);
        if (stated.isPresent() || before.isEmpty()) {
            return stated.orElse(Map.of());
        }
        Map<String, String> kept = before.get().headers();
        if (!kept.isEmpty() && !url.equals(before.get().url())) {
            throw Fields.invalid(
                    "The URL changes, and the webhook has header fields of its own: state them again, since"
                            + " their values are not sent to another URL; {} is for none");
        }
        return kept;
    }

    private List<WebhookSecret> secrets(Optional<WebhookEndpoint> before) {
        return fields.findList("secrets")
                .map(texts -> texts.stream().map(WebhookSecret::parse).toList())
                .orElseGet(() -> before.map(WebhookEndpoint::secrets).orElse(List.of()));
    }

    private static Duration duration(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw Fields.invalid("The field 'timeout' is a time such as 5s or 500ms");
        }
        long number = Long.parseLong(duration.group(1));
        return duration.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
