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

    /** As whom browsers are sent to the issuer to sign in. */
    private static final String CLIENT = SECTION + ".client";

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
            CLIENT + ".id",
            CLIENT + ".secret",
            CLIENT + ".title");

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
            if (values.hasSection(CLIENT)) {
                options.signIn(client());
            }
            return options.build();
        } catch (IllegalArgumentException e) {
            throw AuthReader.wrong(SECTION, e);
        }
    }

    private SignInClient client() {
        SignInClient client = SignInClient.of(values.required(CLIENT + ".id"));
        Optional<String> secret = values.text(CLIENT + ".secret");
        Optional<String> title = values.text(CLIENT + ".title");
        SignInClient known = secret.isPresent() ? client.withSecret(secret.get()) : client;
        return title.isPresent() ? known.withTitle(title.get()) : known;
    }
}
