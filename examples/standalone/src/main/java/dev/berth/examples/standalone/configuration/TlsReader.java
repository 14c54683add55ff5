package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code http.tls}. */
final class TlsReader {
    private static final String SECTION = "http.tls";

    static final String CERTIFICATE = SECTION + ".certificate";
    static final String KEY = SECTION + ".key";

    /** A list of files. */
    static final String CLIENT_AUTHORITIES = SECTION + ".clientcas";

    static final String CLIENT_AUTHENTICATION = SECTION + ".clientauth";

    private final SettingValues values;

    TlsReader(SettingValues values) {
        this.values = values;
    }

    Optional<Settings.Tls> read() {
        Optional<Path> certificate = values.file(CERTIFICATE);
        Optional<Path> key = values.file(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new CommandException("For TLS give both http.tls.certificate and http.tls.key; "
                    + (key.isPresent() ? "the certificate" : "the key") + " is missing.");
        }
        List<Path> authorities = values.list(CLIENT_AUTHORITIES).stream()
                .map(text -> SettingValues.file(text, CLIENT_AUTHORITIES))
                .toList();
        boolean required = certificatesRequired();
        if (certificate.isEmpty() && !authorities.isEmpty()) {
            throw new CommandException("The setting " + CLIENT_AUTHORITIES
                    + " is for certificates of clients, which need TLS; set " + CERTIFICATE + " and " + KEY + ".");
        }
        if (authorities.isEmpty() && values.text(CLIENT_AUTHENTICATION).isPresent()) {
            throw new CommandException("The setting " + CLIENT_AUTHENTICATION
                    + " needs the authorities of the certificates; name them with " + CLIENT_AUTHORITIES + ".");
        }
        return certificate.map(path -> new Settings.Tls(path, key.orElseThrow(), authorities, required));
    }

    /** As with {@code registry:3}. What would take certificates without verifying them is not supported. */
    private boolean certificatesRequired() {
        String mode = values.text(CLIENT_AUTHENTICATION).orElse("require-and-verify-client-cert");
        return switch (mode) {
            case "require-and-verify-client-cert" -> true;
            case "verify-client-cert-if-given" -> false;
            default ->
                throw new CommandException("'" + mode + "' is not supported for " + CLIENT_AUTHENTICATION
                        + "; use require-and-verify-client-cert or verify-client-cert-if-given.");
        };
    }
}
