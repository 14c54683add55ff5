package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.server.TrustedProxies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@link AccessSettings}. */
final class AccessReader {
    static final String SECTION = "access";

    private static final String ACCOUNTS = SECTION + ".accounts";
    private static final String AUDIT = SECTION + ".audit";
    private static final String ADMIN = SECTION + ".admin";
    private static final String TOKENS = SECTION + ".tokens";
    private static final String PROXIES = SECTION + ".trustedproxies";

    /** Settings of one value. */
    static final Set<String> VALUES = Set.of(
            ACCOUNTS,
            AUDIT,
            ADMIN + ".name",
            ADMIN + ".password",
            TOKENS + ".service",
            TOKENS + ".issuer",
            TOKENS + ".realm",
            TOKENS + ".lifetime",
            TOKENS + ".refresh");

    /** Lists of values. */
    static final Set<String> LISTS = Set.of(AccessModelReader.PUBLIC, PROXIES);

    /** Sections whose keys are names. */
    static final List<String> TREES = List.of(SECTION + ".organisations", SECTION + ".teams", SECTION + ".grants");

    private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(1);

    private final SettingValues values;
    private final YamlNode section;

    /** @param section the section as it stands in the file, for what has names as keys */
    AccessReader(SettingValues values, YamlNode section) {
        this.values = values;
        this.section = section;
    }

    /**
     * Returns the section, or empty if it is not there. Its name alone asks for access control.
     *
     * @param outsideTokens whether callers are known by the tokens of another service
     */
    Optional<AccessSettings> read(boolean outsideTokens) {
        if (!values.hasSection(SECTION)) {
            return Optional.empty();
        }
        // Where the tokens of another service count, nobody logs in here.
        boolean accounts = values.flag(ACCOUNTS, !outsideTokens);
        if (accounts && outsideTokens) {
            throw new CommandException("The setting " + ACCOUNTS + " is for those who log in here, and auth.token sends"
                    + " everybody to another service for a token; remove one of them.");
        }
        return Optional.of(new AccessSettings(
                accounts,
                admin(accounts),
                new AccessModelReader(values, section).read(),
                tokens(),
                proxies(),
                values.flag(AUDIT, true)));
    }

    private AccessSettings.Admin admin(boolean accounts) {
        if (!accounts && values.hasSection(ADMIN)) {
            throw new CommandException("The setting " + ADMIN + " is for an account in the storage, and " + ACCOUNTS
                    + " says that there are none; remove one of them.");
        }
        return new AccessSettings.Admin(
                values.text(ADMIN + ".name").orElse("admin"),
                values.text(ADMIN + ".password").map(this::password));
    }

    private Secret password(String text) {
        Map<String, YamlNode> admin = section.value() instanceof Map<?, ?> map && map.containsKey("admin")
                ? new YamlNode(ADMIN, map.get("admin")).entries()
                : Map.of();
        Object written = admin.containsKey("password") ? admin.get("password").value() : null;
        if (written != null
                && !(written instanceof String)
                && String.valueOf(written).equals(text)) {
            // YAML takes 1e3 for the number 1000.0, and yes for true.
            throw new CommandException(
                    "The setting " + ADMIN + ".password is not a text for YAML; write it between quotes.");
        }
        return new Secret(text);
    }

    private AccessSettings.Tokens tokens() {
        String service = values.text(TOKENS + ".service").orElse("berth");
        if (!service.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new CommandException("The setting " + TOKENS
                    + ".service is sent to clients, so it is made of printable ASCII characters without spaces and"
                    + " quotes.");
        }
        Duration lifetime = values.duration(TOKENS + ".lifetime", Duration.ofMinutes(5));
        if (lifetime.compareTo(SHORTEST_TOKEN) < 0) {
            throw new CommandException("The setting " + TOKENS
                    + ".lifetime is a minute or longer, such as 5m: some clients take less for forever.");
        }
        return new AccessSettings.Tokens(
                service,
                values.text(TOKENS + ".issuer"),
                values.text(TOKENS + ".realm").map(text -> AuthReader.url(TOKENS + ".realm", text)),
                lifetime,
                values.positiveDuration(TOKENS + ".refresh", AccessSettings.Tokens.DEFAULT_REFRESH));
    }

    private List<String> proxies() {
        List<String> networks = values.list(PROXIES);
        try {
            TrustedProxies.of(networks.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + PROXIES + " is wrong: " + e.getMessage() + ".");
        }
        return networks;
    }
}
