package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.account.ClientCertificateOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@link AuthSettings}: the schemes of {@code registry:2} and {@code registry:3}, and further sources of accounts. */
final class AuthReader {
    static final String SECTION = "auth";

    private static final String HTPASSWD = SECTION + ".htpasswd";
    private static final String CERTIFICATE = SECTION + ".certificate";
    private static final String NONE = "none";
    private static final String SILLY = "silly";

    /** Settings of one value. */
    static final Set<String> VALUES = Stream.of(
                    Set.of(
                            HTPASSWD + ".realm",
                            HTPASSWD + ".path",
                            CERTIFICATE + ".name",
                            SECTION + "." + NONE,
                            SECTION + "." + SILLY + ".realm",
                            SECTION + "." + SILLY + ".service"),
                    OutsideTokenReader.VALUES,
                    LdapReader.VALUES,
                    OidcReader.VALUES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Lists of values. */
    static final Set<String> LISTS =
            Set.of(OutsideTokenReader.ALGORITHMS, LdapReader.URL, OidcReader.ALGORITHMS, CERTIFICATE + ".groups");

    /** Those of {@code registry:2}, of which it takes one. */
    private static final List<String> ALONE = List.of("htpasswd", "token");

    /** Those that need the section {@code access}. */
    private static final List<String> WITH_ACCESS = List.of("ldap", "oidc", "certificate");

    private static final List<String> SCHEMES = Stream.of(ALONE, WITH_ACCESS, List.of(NONE, SILLY))
            .flatMap(List::stream)
            .toList();

    private static final String DEFAULT_REALM = "Registry";

    private final SettingValues values;

    AuthReader(SettingValues values) {
        this.values = values;
    }

    /**
     * Reads the section.
     *
     * @param access whether there is a section {@code access}, with which the sources of accounts add up. Without it, there
     *     is one scheme, as with {@code registry:2}
     */
    AuthSettings read(boolean access) {
        Set<String> schemes = schemes();
        check(schemes, access);
        return new AuthSettings(
                ifPresent(schemes, "htpasswd", this::htpasswd),
                ifPresent(schemes, "token", () -> new OutsideTokenReader(values).read()),
                ifPresent(schemes, "ldap", () -> new LdapReader(values).read()),
                ifPresent(schemes, "oidc", () -> new OidcReader(values).read()),
                ifPresent(schemes, "certificate", this::certificate));
    }

    private static <T> Optional<T> ifPresent(Set<String> schemes, String scheme, Supplier<T> reader) {
        return schemes.contains(scheme) ? Optional.of(reader.get()) : Optional.empty();
    }

    /** Returns the scheme that {@code auth} names, or else every scheme that has settings. */
    private Set<String> schemes() {
        Optional<String> chosen = values.text(SECTION);
        chosen.filter(scheme -> !SCHEMES.contains(scheme)).ifPresent(scheme -> {
            throw new CommandException("The authentication '" + scheme + "' of auth is unknown"
                    + YamlNode.meant(scheme, Set.copyOf(SCHEMES)));
        });
        return chosen.map(Set::of)
                .orElseGet(() -> SCHEMES.stream()
                        .filter(scheme -> values.hasSection(SECTION + "." + scheme))
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static void check(Set<String> schemes, boolean access) {
        if (schemes.contains(SILLY)) {
            throw new CommandException(
                    "The setting auth.silly lets everybody in who sends anything, and is not supported;"
                            + " use auth.htpasswd, or auth.none for a registry that is open to all.");
        }
        if (schemes.contains(NONE) && (schemes.size() > 1 || access)) {
            throw new CommandException("The setting auth.none opens the registry to all, and "
                    + (access ? "access" : SECTION + "." + schemes.iterator().next())
                    + " closes it; remove one of them.");
        }
        if (access && schemes.contains("token") && schemes.size() > 1) {
            throw new CommandException("The setting auth.token sends everybody to another service for a token, so that "
                    + String.join(" and ", others(schemes)) + " would not be asked; remove one of them.");
        }
        if (!access) {
            WITH_ACCESS.stream().filter(schemes::contains).findFirst().ifPresent(scheme -> {
                throw new CommandException("The setting auth." + scheme + " says who the callers are, and nothing what"
                        + " they may do; add a section access.");
            });
        }
        if (!access && schemes.size() > 1) {
            throw new CommandException(
                    "The settings name more than one authentication, " + String.join(" and ", schemes)
                            + "; leave one, choose it with REGISTRY_AUTH, or add a section access, with which they add up.");
        }
    }

    private static List<String> others(Set<String> schemes) {
        return schemes.stream()
                .filter(scheme -> !scheme.equals("token"))
                .map(scheme -> SECTION + "." + scheme)
                .toList();
    }

    private AuthSettings.Htpasswd htpasswd() {
        String path = values.required(HTPASSWD + ".path");
        String realm = values.text(HTPASSWD + ".realm").orElse(DEFAULT_REALM);
        if (!realm.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new CommandException("The setting " + HTPASSWD
                    + ".realm is sent to clients, so it is made of printable ASCII characters without quotes.");
        }
        return new AuthSettings.Htpasswd(realm, SettingValues.file(path, HTPASSWD + ".path"));
    }

    private ClientCertificateOptions certificate() {
        if (values.list(TlsReader.CLIENT_AUTHORITIES).isEmpty()) {
            throw new CommandException(
                    "The setting auth.certificate needs the authorities of the certificates; name them" + " with "
                            + TlsReader.CLIENT_AUTHORITIES + ".");
        }
        ClientCertificateOptions.Builder options = ClientCertificateOptions.builder()
                .name(
                        switch (values.text(CERTIFICATE + ".name").orElse("cn")) {
                            case "cn" -> ClientCertificateOptions.Name.COMMON_NAME;
                            case "mail" -> ClientCertificateOptions.Name.MAIL;
                            case "uri" -> ClientCertificateOptions.Name.URI;
                            case "dns" -> ClientCertificateOptions.Name.DNS;
                            default ->
                                throw new CommandException(
                                        "The setting " + CERTIFICATE + ".name is cn, mail, uri or dns.");
                        });
        for (String group : values.list(CERTIFICATE + ".groups")) {
            options.groups(
                    switch (group) {
                        case "ou" -> ClientCertificateOptions.Group.ORGANISATIONAL_UNIT;
                        case "o" -> ClientCertificateOptions.Group.ORGANISATION;
                        default -> throw new CommandException("The setting " + CERTIFICATE + ".groups has ou and o.");
                    });
        }
        return options.build();
    }

    /** Parses a URL without a user, whose password would be printed. */
    static URI url(String path, String text) {
        try {
            URI url = new URI(text);
            boolean http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same sentence as for others.
        }
        throw new CommandException("The setting " + path + " is a URL without user and query, such as"
                + " https://auth.example.com/token; the one that is set is none.");
    }

    /** Returns the sentence for options that the library refuses. */
    static CommandException wrong(String section, IllegalArgumentException e) {
        return new CommandException("The settings of " + section + " are wrong: " + e.getMessage() + ".");
    }
}
