package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.SecretText;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookFormat;
import dev.berth.registry.webhook.WebhookSecret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one of {@code notifications.endpoints}, with the keys of {@code registry:2} and further ones. */
final class EndpointReader {
    private static final Set<String> KEYS = Set.of(
            "name",
            "url",
            "disabled",
            "headers",
            "timeout",
            "threshold",
            "backoff",
            "ignoredmediatypes",
            "ignore",
            "format",
            "repositories",
            "actions",
            "secrets");
    private static final Set<String> IGNORE = Set.of("mediatypes", "actions");

    private final String path;
    private final NodeFields fields;

    private EndpointReader(YamlNode node) {
        this.path = node.path();
        this.fields = NodeFields.of(node, KEYS);
    }

    static WebhookEndpoint read(YamlNode node) {
        return new EndpointReader(node).read();
    }

    private WebhookEndpoint read() {
        // Retries have their own times, so that these two have no effect. What is no number and no time is a mistake
        // anyway.
        fields.number("threshold", 0, Integer.MAX_VALUE);
        fields.duration("backoff", Duration.ZERO);
        String name = fields.required("name");
        URI url = url();
        WebhookFormat format = Checked.value(
                path + ".format",
                () -> WebhookFormat.parse(fields.text("format").orElse("distribution")));
        EventFilter filter = filter(format);
        Map<String, String> headers = new LinkedHashMap<>();
        fields.headers("headers").forEach((header, values) -> headers.put(header, String.join(", ", values)));
        List<WebhookSecret> secrets = secrets();
        return Checked.value(path, () -> {
            WebhookEndpoint.Builder endpoint = WebhookEndpoint.builder(name, url)
                    .format(format)
                    .filter(filter)
                    .headers(headers)
                    .secrets(secrets)
                    .active(!fields.flag("disabled"));
            fields.find("timeout")
                    .map(timeout -> GoDuration.parse(timeout.path(), timeout.text()))
                    .filter(timeout -> !timeout.isZero())
                    .ifPresent(endpoint::timeout);
            return endpoint.build();
        });
    }

    private URI url() {
        try {
            return new URI(fields.required("url"));
        } catch (URISyntaxException e) {
            // Without the text, which may have a secret in its query.
            throw new CommandException(
                    "The setting " + path + ".url is no URL; write one such as https://hooks.example/registry.");
        }
    }

    private EventFilter filter(WebhookFormat format) {
        List<String> repositories = fields.list("repositories");
        List<String> actions = fields.list("actions");
        List<String> ignoredTypes = new ArrayList<>(fields.list("ignoredmediatypes"));
        List<String> ignoredActions = new ArrayList<>();
        fields.find("ignore").ifPresent(node -> {
            NodeFields ignore = NodeFields.of(node, IGNORE);
            ignoredTypes.addAll(ignore.list("mediatypes"));
            ignoredActions.addAll(ignore.list("actions"));
        });
        EventFilter.Builder filter = EventFilter.builder()
                .ignoreMediaTypes(ignoredTypes)
                // A receiver of registry:2 gets whatever it does not ignore.
                .reads(format == WebhookFormat.DISTRIBUTION);
        if (!repositories.isEmpty()) {
            Checked.value(path + ".repositories", () -> filter.repositories(repositories.toArray(String[]::new)));
        }
        if (!actions.isEmpty()) {
            Checked.value(path + ".actions", () -> filter.actions(actions.toArray(String[]::new)));
        }
        if (!ignoredActions.isEmpty()) {
            Checked.value(path + ".ignore.actions", () -> filter.ignoreActions(ignoredActions.toArray(String[]::new)));
        }
        return filter.build();
    }

    private List<WebhookSecret> secrets() {
        List<WebhookSecret> secrets = new ArrayList<>();
        fields.find("secrets").ifPresent(list -> {
            for (YamlNode secret : list.elements()) {
                String text = SecretText.of(secret).value();
                secrets.add(Checked.value(secret.path(), () -> WebhookSecret.parse(text)));
            }
        });
        return secrets;
    }
}
