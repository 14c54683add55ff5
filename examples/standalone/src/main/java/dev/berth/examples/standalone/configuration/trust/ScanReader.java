package dev.berth.examples.standalone.configuration.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.adapter.AdapterCredentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code scan}. */
final class ScanReader {
    private static final Set<String> KEYS =
            Set.of("advisories", "adapter", "repositories", "onpush", "every", "parallel", "sbom");
    private static final Set<String> ADAPTER = Set.of("address", "registry", "username", "password", "token", "pull");
    private static final Set<String> PULL = Set.of("username", "password");
    private static final Set<String> ADVISORIES = Set.of("directory", "address", "every", "work");
    private static final int MOST_PARALLEL = 64;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private ScanReader() {}

    static ScanSettings read(YamlNode node) {
        NodeFields fields = NodeFields.of(node, KEYS);
        return new ScanSettings(
                scanner(node, fields),
                fields.values("repositories", NamePattern::parse),
                fields.flag("onpush", true),
                fields.duration("every", Duration.ofDays(7)),
                fields.number("parallel", 1, MOST_PARALLEL).orElse(2),
                fields.flag("sbom"));
    }

    private static ScanSettings.Scanner scanner(YamlNode node, NodeFields fields) {
        Optional<YamlNode> advisories = fields.find("advisories");
        Optional<YamlNode> adapter = fields.find("adapter");
        if (advisories.isPresent() == adapter.isPresent()) {
            throw new CommandException("The setting " + node.path() + " needs "
                    + (adapter.isPresent() ? "only one of 'advisories' and 'adapter'" : "'advisories'")
                    + "; write advisories: {directory: DIRECTORY} or {address: URL} for Berth's own scanner, or adapter:"
                    + " {address: URL, registry: URL} for another one.");
        }
        return advisories.isPresent()
                ? advisories(advisories.get())
                : adapter.map(ScanReader::adapter).orElseThrow();
    }

    private static ScanSettings.Adapter adapter(YamlNode node) {
        NodeFields fields = NodeFields.of(node, ADAPTER);
        String required = fields.required("address");
        String registry = fields.required("registry");
        Optional<ScanSettings.Login> pull = fields.find("pull").flatMap(login -> login(NodeFields.of(login, PULL)));
        return new ScanSettings.Adapter(
                address(new YamlNode(fields.path("address"), required)),
                address(new YamlNode(fields.path("registry"), registry)),
                credentials(node, fields),
                pull);
    }

    private static AdapterCredentials credentials(YamlNode node, NodeFields fields) {
        Optional<ScanSettings.Login> login = login(fields);
        Optional<Secret> token = fields.secret("token");
        if (login.isPresent() && token.isPresent()) {
            throw new CommandException("The setting " + node.path()
                    + " has a token and a password; the adapter is shown one of them, so remove the other.");
        }
        return Checked.value(
                node.path(),
                () -> login.map(known -> AdapterCredentials.basic(
                                known.name(), known.password().value()))
                        .or(() -> token.map(secret -> AdapterCredentials.bearer(secret.value())))
                        .orElseGet(AdapterCredentials::none));
    }

    private static Optional<ScanSettings.Login> login(NodeFields fields) {
        if (fields.find("username").isEmpty() && fields.find("password").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ScanSettings.Login(
                fields.required("username"),
                fields.secret("password")
                        .orElseThrow(() -> new CommandException(
                                "The setting " + fields.path("password") + " is missing; add it."))));
    }

    private static ScanSettings.Advisories advisories(YamlNode node) {
        NodeFields fields = NodeFields.of(node, ADVISORIES);
        List<Path> directories = new ArrayList<>();
        fields.find("directory")
                .ifPresent(list -> list.elements().forEach(element -> directories.add(directory(element))));
        List<URI> feeds = new ArrayList<>();
        fields.find("address").ifPresent(list -> list.elements().forEach(element -> feeds.add(address(element))));
        if (directories.isEmpty() && feeds.isEmpty()) {
            throw new CommandException("The setting " + node.path()
                    + " names no advisories; give it a 'directory' that has them, or an 'address' to fetch them from.");
        }
        Duration every = fields.duration("every", Duration.ofHours(6));
        if (every.compareTo(SHORTEST) < 0) {
            throw new CommandException(
                    "The setting " + fields.path("every") + " must be a minute or more, not " + every + ".");
        }
        Path work = SettingValues.file(fields.text("work").orElse("./berth-advisories"), fields.path("work"));
        return new ScanSettings.Advisories(List.copyOf(directories), List.copyOf(feeds), every, work);
    }

    private static Path directory(YamlNode node) {
        Path directory = SettingValues.file(node.text(), node.path());
        if (!Files.exists(directory)) {
            throw new CommandException("The setting " + node.path() + " names " + directory
                    + ", which does not exist; create it, and put the advisories there.");
        }
        return directory;
    }

    private static URI address(YamlNode node) {
        try {
            URI address = new URI(node.text());
            if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // The same sentence.
        }
        throw new CommandException("The setting " + node.path()
                + " is an http or https URL without a user, such as https://advisories.example/Debian/all.zip; the one"
                + " that is set is none.");
    }
}
