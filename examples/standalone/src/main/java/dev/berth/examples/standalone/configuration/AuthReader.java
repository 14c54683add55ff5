package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@link AuthSettings}: the schemes of {@code registry:2} and {@code registry:3}, and directories of accounts. */
final class AuthReader {
    static final String SECTION = "auth";

    private static final String HTPASSWD = SECTION + ".htpasswd";
    private static final String TOKEN = SECTION + ".token";
    private static final String NONE = SECTION + ".none";
    private static final String SILLY = SECTION + ".silly";

    /** Settings of one value. */
    static final Set<String> VALUES = Set.of(
            HTPASSWD + ".realm",
            HTPASSWD + ".path",
            TOKEN + ".realm",
            TOKEN + ".service",
            TOKEN + ".issuer",
            TOKEN + ".rootcertbundle",
            TOKEN + ".jwks",
            TOKEN + ".autoredirect",
            TOKEN + ".autoredirectpath",
            NONE,
            SILLY + ".realm",
            SILLY + ".service");

    /** Lists of values. */
    static final Set<String> LISTS = Set.of(TOKEN + ".signingalgorithms");

    private static final List<String> SCHEMES = List.of("htpasswd", "token", "none", "silly");
    private static final String DEFAULT_REALM = "Registry";
    private static final String DEFAULT_REDIRECT = "/auth/token";

    private final SettingValues values;

    AuthReader(SettingValues values) {
        this.values = values;
    }

    /**
     * Reads the section.
     *
     * @param several whether several sources of accounts may be combined; otherwise {@code auth} chooses one of them, as
     *     with {@code registry:2}
     */
    AuthSettings read(boolean several) {
        Optional<String> chosen = values.text(SECTION);
        chosen.filter(scheme -> !SCHEMES.contains(scheme)).ifPresent(scheme -> {
            throw new CommandException("The authentication '" + scheme + "' of auth is unknown"
                    + YamlNode.meant(scheme, Set.copyOf(SCHEMES)));
        });
        List<String> schemes = chosen.map(List::of)
                .orElseGet(() -> SCHEMES.stream()
                        .filter(scheme -> values.hasSection(SECTION + "." + scheme))
                        .toList());
        if (schemes.contains("silly")) {
            throw new CommandException("The setting auth.silly lets everybody in who sends anything, and is not supported;"
                    + " use auth.htpasswd, or auth.none for a registry that is open to all.");
        }
        if (schemes.contains("none") && (schemes.size() > 1 || several)) {
            throw new CommandException("The setting auth.none opens the registry to all, and "
                    + (several ? "access" : SECTION + "." + schemes.get(0)) + " closes it; remove one of them.");
        }
        if (schemes.size() > 1 && !several) {
            throw new CommandException("The settings name more than one authentication, " + String.join(" and ", schemes)
                    + "; leave one, choose it with REGISTRY_AUTH, or add a section access, with which they add up.");
        }
        return new AuthSettings(
                schemes.contains("htpasswd") ? Optional.of(htpasswd()) : Optional.empty(),
                schemes.contains("token") ? Optional.of(token()) : Optional.empty());
    }

    private AuthSettings.Htpasswd htpasswd() {
        String path = values.required(HTPASSWD + ".path");
        String realm = values.text(HTPASSWD + ".realm").orElse(DEFAULT_REALM);
        requireQuotable(HTPASSWD + ".realm", realm);
        return new AuthSettings.Htpasswd(realm, SettingValues.file(path, HTPASSWD + ".path"));
    }

    private AuthSettings.Token token() {
        boolean redirect = values.flag(TOKEN + ".autoredirect", false);
        Optional<URI> realm = values.text(TOKEN + ".realm").map(text -> url(TOKEN + ".realm", text));
        if (realm.isEmpty() && !redirect) {
            values.required(TOKEN + ".realm");
        }
        String service = values.required(TOKEN + ".service");
        requireQuotable(TOKEN + ".service", service);
        AuthSettings.Token token = new AuthSettings.Token(
                realm,
                service,
                values.required(TOKEN + ".issuer"),
                values.file(TOKEN + ".rootcertbundle"),
                values.text(TOKEN + ".jwks"),
                values.list(TOKEN + ".signingalgorithms"),
                redirect ? Optional.of(redirectPath()) : Optional.empty());
        if (token.rootCertBundle().isEmpty() && token.jwks().isEmpty()) {
            throw new CommandException("Nothing says whose tokens are good: set auth.token.rootcertbundle, a file with"
                    + " certificates, or auth.token.jwks, a file or URL with a JWK set.");
        }
        return token;
    }

    private String redirectPath() {
        String path = values.text(TOKEN + ".autoredirectpath").orElse(DEFAULT_REDIRECT);
        requireQuotable(TOKEN + ".autoredirectpath", path);
        if (!path.startsWith("/")) {
            throw new CommandException("The setting auth.token.autoredirectpath is a path such as " + DEFAULT_REDIRECT
                    + ", unlike '" + path + "'.");
        }
        return path;
    }

    /** Parses a URL that clients are sent to. */
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

    /** Checks that a text can stand between quotes in a challenge. */
    static void requireQuotable(String path, String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new CommandException("The setting " + path
                    + " is sent to clients, so it is made of printable ASCII characters without quotes.");
        }
    }
}
