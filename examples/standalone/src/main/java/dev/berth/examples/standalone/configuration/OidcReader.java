package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.oidc.OidcOptions;
import java.time.Duration;
import java.util.Set;

/** Reads {@code auth.oidc}: an OpenID Connect issuer whose tokens are good for a login. */
final class OidcReader {
    private static final String SECTION = AuthReader.SECTION + ".oidc";

    static final String ALGORITHMS = SECTION + ".signingalgorithms";

    /** Settings of one value. */
    static final Set<String> VALUES = Set.of(
            SECTION + ".issuer",
            SECTION + ".audience",
            SECTION + ".usernameclaim",
            SECTION + ".groupsclaim",
            SECTION + ".usernameprefix",
            SECTION + ".session",
            SECTION + ".cacertificate");

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
            return options.build();
        } catch (IllegalArgumentException e) {
            throw AuthReader.wrong(SECTION, e);
        }
    }
}
