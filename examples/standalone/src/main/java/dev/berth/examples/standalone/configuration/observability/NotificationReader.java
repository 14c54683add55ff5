package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.webhook.WebhookEndpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads {@link NotificationSettings}. */
public final class NotificationReader {
    /** The section. */
    public static final String SECTION = "notifications";

    private static final String REFERENCES = SECTION + ".events.includereferences";
    private static final String ENDPOINTS = SECTION + ".endpoints";

    /** The names and networks of private addresses that endpoints may have. */
    static final String ALLOW_INSIDE = SECTION + ".allowinside";

    /** Settings of one value. */
    public static final Set<String> VALUES = Set.of(REFERENCES);

    /** Lists of values. */
    public static final Set<String> LISTS = Set.of(ALLOW_INSIDE);

    /** Lists of sections, in the file or as YAML in a variable. */
    public static final Set<String> TREES = Set.of(ENDPOINTS);

    private final SettingValues values;
    private final Function<String, YamlNode> trees;
    private final List<String> warnings;

    /**
     * Reads from these settings.
     *
     * @param trees returns a list by its path
     * @param warnings takes a sentence for each endpoint that cannot be told anything
     */
    public NotificationReader(SettingValues values, Function<String, YamlNode> trees, List<String> warnings) {
        this.values = values;
        this.trees = trees;
        this.warnings = warnings;
    }

    /** Reads the section. */
    public NotificationSettings read() {
        InsideAddresses inside = InsideAddresses.of(ALLOW_INSIDE, values.list(ALLOW_INSIDE));
        Map<String, WebhookEndpoint> endpoints = new LinkedHashMap<>();
        for (YamlNode node : trees.apply(ENDPOINTS).elements()) {
            WebhookEndpoint endpoint = EndpointReader.read(node);
            if (endpoints.put(endpoint.name(), endpoint) != null) {
                throw new CommandException("The setting " + node.path() + " has the name '" + endpoint.name()
                        + "', which another endpoint has; names tell them apart, so give each its own.");
            }
            if (endpoint.active()) {
                inside.refusal(endpoint).ifPresent(warnings::add);
            }
        }
        if (values.flag(REFERENCES, false)) {
            warnings.add(
                    "The setting " + REFERENCES + " has no effect here: events do not list what a manifest refers to.");
        }
        return new NotificationSettings(List.copyOf(endpoints.values()), inside.allowed());
    }
}
