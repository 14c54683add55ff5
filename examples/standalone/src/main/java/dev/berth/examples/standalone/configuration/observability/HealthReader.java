package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.observability.HealthSettings.FileCheck;
import dev.berth.examples.standalone.configuration.observability.HealthSettings.HttpCheck;
import dev.berth.examples.standalone.configuration.observability.HealthSettings.Pace;
import dev.berth.examples.standalone.configuration.observability.HealthSettings.StorageCheck;
import dev.berth.examples.standalone.configuration.observability.HealthSettings.TcpCheck;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads {@link HealthSettings}. */
public final class HealthReader {
    /** The section. */
    public static final String SECTION = "health";

    private static final String STORAGE = SECTION + ".storagedriver";
    private static final String MIN_FREE = SECTION + ".disk.free";
    private static final String FILE = SECTION + ".file";
    private static final String HTTP = SECTION + ".http";
    private static final String TCP = SECTION + ".tcp";

    /** Settings of one value. */
    public static final Set<String> VALUES =
            Set.of(STORAGE + ".enabled", STORAGE + ".interval", STORAGE + ".threshold", MIN_FREE);

    /** Lists of sections, in the file or as YAML in a variable. */
    public static final Set<String> TREES = Set.of(FILE, HTTP, TCP);

    private static final Set<String> FILE_KEYS = Set.of("file", "interval");
    private static final Set<String> HTTP_KEYS =
            Set.of("uri", "headers", "statuscode", "timeout", "interval", "threshold");
    private static final Set<String> TCP_KEYS = Set.of("addr", "timeout", "interval", "threshold");

    /** As with {@code registry:2}. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int STORAGE_THRESHOLD = 3;
    private static final long DEFAULT_FREE = 64L << 20;

    private final SettingValues values;
    private final Function<String, YamlNode> trees;

    /**
     * Reads from these settings.
     *
     * @param trees returns a list by its path
     */
    public HealthReader(SettingValues values, Function<String, YamlNode> trees) {
        this.values = values;
        this.trees = trees;
    }

    /** Reads the section. */
    public HealthSettings read() {
        return new HealthSettings(
                new StorageCheck(
                        values.flag(STORAGE + ".enabled", false),
                        new Pace(
                                values.positiveDuration(STORAGE + ".interval", INTERVAL),
                                values.positiveNumber(STORAGE + ".threshold").orElse(STORAGE_THRESHOLD))),
                values.size(MIN_FREE).orElse(DEFAULT_FREE),
                list(FILE, HealthReader::file),
                list(HTTP, HealthReader::http),
                list(TCP, HealthReader::tcp));
    }

    private <T> List<T> list(String path, Function<YamlNode, T> read) {
        return trees.apply(path).elements().stream().map(read).toList();
    }

    private static FileCheck file(YamlNode node) {
        NodeFields fields = NodeFields.of(node, FILE_KEYS);
        return new FileCheck(
                SettingValues.file(fields.required("file"), node.path() + ".file"),
                fields.duration("interval", INTERVAL));
    }

    private static HttpCheck http(YamlNode node) {
        NodeFields fields = NodeFields.of(node, HTTP_KEYS);
        OptionalInt status = fields.number("statuscode", 100, 599);
        return new HttpCheck(
                url(node.path() + ".uri", fields.required("uri")),
                fields.headers("headers"),
                status,
                fields.duration("timeout", TIMEOUT),
                pace(fields));
    }

    private static TcpCheck tcp(YamlNode node) {
        NodeFields fields = NodeFields.of(node, TCP_KEYS);
        String text = fields.required("addr");
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = text.substring(0, Math.max(colon, 0)).replaceAll("^\\[(.*)]$", "$1");
            if (!host.isEmpty() && port > 0 && port <= 65535) {
                return new TcpCheck(host, port, fields.duration("timeout", TIMEOUT), pace(fields));
            }
        } catch (NumberFormatException e) {
            // The same sentence.
        }
        throw new CommandException("'" + text + "' is not an address for " + node.path()
                + ".addr; write HOST:PORT, such as redis.example:6379.");
    }

    private static Pace pace(NodeFields fields) {
        return new Pace(
                fields.duration("interval", INTERVAL),
                fields.number("threshold", 1, Integer.MAX_VALUE).orElse(1));
    }

    private static URI url(String path, String text) {
        try {
            URI url = new URI(text);
            boolean http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same sentence.
        }
        throw new CommandException("The setting " + path
                + " is an http or https URL without a user, such as https://status.example/ready; the one that is set is"
                + " none.");
    }
}
