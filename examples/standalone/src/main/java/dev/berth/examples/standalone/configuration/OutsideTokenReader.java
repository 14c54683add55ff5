package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.token.OutsideTokenOptions;
import java.util.Optional;
import java.util.Set;

/** Reads {@code auth.token}: the tokens of an outside service, as of {@code registry:2} and {@code registry:3}. */
final class OutsideTokenReader {
    private static final String SECTION = AuthReader.SECTION + ".token";

    static final String ALGORITHMS = SECTION + ".signingalgorithms";

    /** Settings of one value. */
    static final Set<String> VALUES = Set.of(
            SECTION + ".realm",
            SECTION + ".service",
            SECTION + ".issuer",
            SECTION + ".rootcertbundle",
            SECTION + ".jwks",
            SECTION + ".autoredirect",
            SECTION + ".autoredirectpath");

    private final SettingValues values;

    OutsideTokenReader(SettingValues values) {
        this.values = values;
    }

    OutsideTokenOptions read() {
        Optional<String> certificates = values.text(SECTION + ".rootcertbundle");
        Optional<String> keys = values.text(SECTION + ".jwks");
        if (certificates.isEmpty() && keys.isEmpty()) {
            throw new CommandException("Nothing says whose tokens are good: set " + SECTION
                    + ".rootcertbundle, a file with certificates, or " + SECTION
                    + ".jwks, a file or URL with a JWK set.");
        }
        try {
            OutsideTokenOptions.Builder options = OutsideTokenOptions.builder(
                            values.required(SECTION + ".service"), values.required(SECTION + ".issuer"))
                    .algorithms(values.list(ALGORITHMS));
            addRealm(options);
            certificates
                    .map(text -> SettingValues.file(text, SECTION + ".rootcertbundle"))
                    .ifPresent(options::certificates);
            keys.ifPresent(text -> addKeys(options, text));
            return options.build();
        } catch (IllegalArgumentException e) {
            throw AuthReader.wrong(SECTION, e);
        }
    }

    private void addRealm(OutsideTokenOptions.Builder options) {
        if (values.flag(SECTION + ".autoredirect", false)) {
            options.ownRealm(values.text(SECTION + ".autoredirectpath").orElse("/auth/token"));
        } else {
            options.realm(AuthReader.url(SECTION + ".realm", values.required(SECTION + ".realm")));
        }
    }

    private static void addKeys(OutsideTokenOptions.Builder options, String text) {
        if (text.contains("://")) {
            options.keys(AuthReader.url(SECTION + ".jwks", text));
        } else {
            options.keys(SettingValues.file(text, SECTION + ".jwks"));
        }
    }
}
