package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.oidc.OidcOptions;
import dev.berth.registry.oidc.SignInClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code auth.oidc}: an OpenID Connect issuer whose tokens are good for a login. */
final class OidcReader {
    private static final String SECTION = AuthReader.SECTION + ".oidc";

    private static final String SIGN_IN = SECTION + ".signin";

    static final String ALGORITHMS = SECTION + ".signingalgorithms";

    /** Settings of one value. */
    static final Set<String> VALUES = Set.of(
            SECTION + ".issuer",
            SECTION + ".audience",
            SECTION + ".usernameclaim",
            SECTION + ".groupsclaim",
            SECTION + ".usernameprefix",
            SECTION + ".session",
            SECTION + ".cacertificate",
            SIGN_IN + ".clientid",
            SIGN_IN + ".clientsecret",
            SIGN_IN + ".title",
            SIGN_IN + ".session");

    private final SettingValues values;

    OidcReader(SettingValues values) {
        this.values = values;
    }

    OidcOptions read() {
        try {
            OidcOptions.Builder options = OidcOptions.builder(
                            AuthReader.url(SECTION + ".issuer", values.required(SECTION + ".issuer")),
                            values.required(SECTION + ".audience"))
                    .algorithms(values.list(ALGORITHMS));
            values.text(SECTION + ".usernameclaim").ifPresent(options::nameClaim);
            values.text(SECTION + ".groupsclaim").ifPresent(options::groupsClaim);
            values.text(SECTION + ".usernameprefix").ifPresent(options::namePrefix);
            values.file(SECTION + ".cacertificate").ifPresent(options::authorities);
            if (values.text(SECTION + ".session").isPresent()) {
                options.session(values.positiveDuration(SECTION + ".session", Duration.ZERO));
            }
            if (values.hasSection(SIGN_IN)) {
                options.signIn(signIn());
            }
            return options.build();
        } catch (IllegalArgumentException e) {
            throw AuthReader.wrong(SECTION, e);
        }
    }

    /** Reads as which client of the issuer people are sent there to sign in with a browser. */
    private SignInClient signIn() {
        SignInClient client = SignInClient.of(values.required(SIGN_IN + ".clientid"));
        Optional<String> secret = values.text(SIGN_IN + ".clientsecret");
        if (secret.isPresent()) {
            client = client.withSecret(secret.get());
        }
        Optional<String> title = values.text(SIGN_IN + ".title");
        if (title.isPresent()) {
            client = client.withTitle(title.get());
        }
        return values.text(SIGN_IN + ".session").isPresent()
                ? client.withSession(values.positiveDuration(SIGN_IN + ".session", Duration.ZERO))
                : client;
    }
}
