package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the section {@code proxy} of {@code registry:2}, and what {@code registry:3} has added: the server as one mirror. */
public final class ProxyReader {
    /** The section. */
    public static final String SECTION = "proxy";

    private static final String URL = SECTION + ".remoteurl";
    private static final String USERNAME = SECTION + ".username";
    private static final String PASSWORD = SECTION + ".password";
    private static final String TTL = SECTION + ".ttl";
    private static final String COMMAND = SECTION + ".exec.command";
    private static final String LIFETIME = SECTION + ".exec.lifetime";

    /** Settings of one value. */
    public static final Set<String> VALUES = Set.of(URL, USERNAME, PASSWORD, TTL, COMMAND, LIFETIME);

    private final SettingValues values;

    /** Reads from these settings. */
    public ProxyReader(SettingValues values) {
        this.values = values;
    }

    /** Reads the section. Without an address there is no mirror. */
    public Optional<MirrorSettings> read() {
        Optional<String> url = values.text(URL);
        if (url.isEmpty()) {
            VALUES.stream()
                    .sorted()
                    .filter(path -> values.text(path).isPresent())
                    .findFirst()
                    .ifPresent(path -> {
                        throw new CommandException("The setting " + path + " is for a mirror, and " + URL
                                + " is missing; set it, or remove this.");
                    });
            return Optional.empty();
        }
        Duration ttl = values.duration(TTL, Duration.ofDays(7));
        return Optional.of(MirrorReader.checked(
                SECTION,
                new MirrorSettings(
                        SECTION,
                        Optional.empty(),
                        List.of(),
                        true,
                        List.of(),
                        new UpstreamSettings(
                                SECTION,
                                UpstreamReader.address(URL, url.get()),
                                login(),
                                Optional.empty(),
                                Optional.empty()),
                        List.of(),
                        // As there: each pull of a tag asks.
                        Optional.of(Duration.ZERO),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of(ttl).filter(time -> !time.isZero()),
                        true,
                        false)));
    }

    private UpstreamLogin login() {
        Optional<String> username = values.text(USERNAME);
        Optional<String> password = values.text(PASSWORD);
        Optional<String> command = values.text(COMMAND);
        if (command.isPresent()) {
            if (username.isPresent() || password.isPresent()) {
                throw new CommandException("Both " + COMMAND + " and " + USERNAME + " or " + PASSWORD
                        + " are set; one of them says what the registry is shown, so remove the other.");
            }
            return new UpstreamLogin.Program(
                    command.get(), values.text(LIFETIME).map(text -> GoDuration.parse(LIFETIME, text)));
        }
        if (values.text(LIFETIME).isPresent()) {
            throw new CommandException("The setting " + LIFETIME + " needs " + COMMAND + "; set it, or remove this.");
        }
        if (username.isPresent() != password.isPresent()) {
            throw new CommandException("Give both " + USERNAME + " and " + PASSWORD + ", or neither; "
                    + (username.isPresent() ? "the password" : "the name") + " is missing.");
        }
        return username.<UpstreamLogin>map(name -> new UpstreamLogin.Password(name, new Secret(password.orElseThrow())))
                .orElseGet(UpstreamLogin.Anonymous::new);
    }
}
