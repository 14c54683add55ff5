package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@link UpstreamSettings} from an element of a list. */
final class UpstreamReader {
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String CREDENTIALS = "credentials";
    private static final String EXEC = "exec";
    private static final String AUTHORITIES = "cacertificate";
    private static final String REALM = "trustrealm";
    private static final Set<String> OF_PROGRAM = Set.of("command", "lifetime");

    /** The keys beside that of the address. */
    static final Set<String> KEYS = Set.of(USERNAME, PASSWORD, CREDENTIALS, EXEC, AUTHORITIES, REALM);

    private final String path;
    private final NodeFields fields;

    private UpstreamReader(String path, NodeFields fields) {
        this.path = path;
        this.fields = fields;
    }

    /**
     * Reads a registry.
     *
     * @param path where the element stands
     * @param url the key of the address
     */
    static UpstreamSettings read(String path, NodeFields fields, String url) {
        return new UpstreamReader(path, fields).read(url);
    }

    private UpstreamSettings read(String url) {
        return new UpstreamSettings(
                path,
                address(path + "." + url, fields.required(url)),
                login(),
                fields.find(AUTHORITIES).map(node -> SettingValues.file(node.text(), node.path())),
                fields.text(REALM));
    }

    /** Checks the address of a registry. What is wrong is not repeated: it may have a password. */
    static String address(String path, String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean nothingElse = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (web && uri.getHost() != null && nothingElse && uri.getPort() != 0 && uri.getPort() < 65536) {
                return text;
            }
        } catch (URISyntaxException e) {
            // The same sentence.
        }
        throw new CommandException("The setting " + path + " is no address of a registry; write one such as"
                + " https://registry.example, without a path, and the name and password as settings of their own.");
    }

    private UpstreamLogin login() {
        Optional<String> username = fields.text(USERNAME);
        Optional<Secret> password = fields.secret(PASSWORD);
        Optional<YamlNode> docker = fields.find(CREDENTIALS);
        Optional<YamlNode> program = fields.find(EXEC);
        if (username.isPresent() != password.isPresent()) {
            throw new CommandException("The setting " + path + " needs both '" + USERNAME + "' and '" + PASSWORD
                    + "', or neither; " + (username.isPresent() ? "the password" : "the name") + " is missing.");
        }
        if (Stream.of(username, docker, program).filter(Optional::isPresent).count() > 1) {
            throw new CommandException("The setting " + path + " has more than one of " + USERNAME + ", " + CREDENTIALS
                    + " and " + EXEC + "; one of them says what the registry is shown, so remove the others.");
        }
        if (username.isPresent()) {
            return new UpstreamLogin.Password(username.get(), password.orElseThrow());
        }
        docker.ifPresent(UpstreamReader::requireDocker);
        if (docker.isPresent()) {
            return new UpstreamLogin.OfDocker();
        }
        return program.<UpstreamLogin>map(UpstreamReader::program).orElseGet(UpstreamLogin.Anonymous::new);
    }

    private static void requireDocker(YamlNode node) {
        if (!node.text().equals("docker")) {
            throw new CommandException("'" + node.text() + "' is not supported for " + node.path()
                    + "; write docker, for what 'docker login' has left.");
        }
    }

    private static UpstreamLogin program(YamlNode node) {
        NodeFields fields = NodeFields.of(node, OF_PROGRAM);
        return new UpstreamLogin.Program(
                fields.required("command"),
                fields.find("lifetime").map(lifetime -> GoDuration.parse(lifetime.path(), lifetime.text())));
    }
}
