package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.ListenAddress;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@link DebugSettings}. */
public final class DebugReader {
    /** The section. */
    public static final String SECTION = "http.debug";

    private static final String ADDRESS = SECTION + ".addr";
    private static final String PROMETHEUS = SECTION + ".prometheus";
    private static final String ENABLED = PROMETHEUS + ".enabled";
    private static final String PATH = PROMETHEUS + ".path";

    /** Settings of one value. */
    public static final Set<String> VALUES = Set.of(ADDRESS, ENABLED, PATH);

    private static final String DEFAULT_PATH = "/metrics";
    private static final Pattern PATHS = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    /** Paths that the debug address has anyway. */
    private static final Set<String> TAKEN = Set.of("/debug/health", "/livez", "/readyz");

    private final SettingValues values;

    /** Reads from these settings. */
    public DebugReader(SettingValues values) {
        this.values = values;
    }

    /**
     * Reads the section.
     *
     * @param listen the address of the registry
     */
    public DebugSettings read(ListenAddress listen) {
        Optional<ListenAddress> address = values.text(ADDRESS).map(ListenAddress::parse);
        boolean enabled = values.flag(ENABLED, false);
        String path = values.text(PATH).orElse(DEFAULT_PATH);
        if (!PATHS.matcher(path).matches() || TAKEN.contains(path)) {
            throw new CommandException("'" + path + "' cannot be the path of metrics, for " + PATH
                    + "; write one such as " + DEFAULT_PATH + ".");
        }
        if (enabled && address.isEmpty()) {
            throw new CommandException("The setting " + ENABLED + " needs an address for metrics; set " + ADDRESS
                    + ", such as 127.0.0.1:5001.");
        }
        if (address.filter(debug -> debug.port() != 0 && debug.equals(listen)).isPresent()) {
            throw new CommandException("The settings http.addr and " + ADDRESS + " are the same address, " + listen
                    + ": what is for operators would be open to clients; choose another port.");
        }
        return new DebugSettings(address, enabled ? Optional.of(path) : Optional.empty());
    }
}
