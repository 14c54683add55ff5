package dev.berth.registry.client.auth;

import dev.berth.registry.client.credentials.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} of a request. Not a record, whose toString would print a secret. */
public final class Authorization {
    private static final Authorization NONE = new Authorization(Optional.empty(), null, null);

    /** Shorter secrets occur in texts by chance. */
    private static final int SHORTEST_SECRET = 4;

    private final Optional<String> header;
    private final @Nullable Token token;
    private final @Nullable Credentials login;

    private Authorization(Optional<String> header, @Nullable Token token, @Nullable Credentials login) {
        this.header = header;
        this.token = token;
        this.login = login;
    }

    static Authorization none() {
        return NONE;
    }

    static Authorization basic(Credentials login) {
        String userAndPassword = login.username() + ":" + login.password();
        String encoded = Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        return new Authorization(Optional.of("Basic " + encoded), null, login);
    }

    static Authorization bearer(Token token) {
        return new Authorization(Optional.of("Bearer " + token.value()), token, null);
    }

    /** A registry token of the user. */
    static Authorization registryToken(Credentials credentials, String token) {
        return new Authorization(Optional.of("Bearer " + token), null, credentials);
    }

    /** Returns the value of the header; empty for none. */
    public Optional<String> header() {
        return header;
    }

    /** Returns the token that a token service has issued, if this is one. */
    @Nullable Token token() {
        return token;
    }

    /** Returns the credentials that are sent as they are, if they are. */
    @Nullable Credentials credentials() {
        return login;
    }

    /** Returns the body of a response without the secrets of the request, which some servers repeat. */
    public byte[] withoutSecrets(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        String without = text;
        for (String secret : secrets()) {
            if (secret.length() >= SHORTEST_SECRET) {
                byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                without = without.replace(new String(bytes, StandardCharsets.ISO_8859_1), "***");
            }
        }
        return without.equals(text) ? answer : without.getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        header.ifPresent(value -> secrets.add(value.substring(value.indexOf(' ') + 1)));
        if (login != null) {
            secrets.add(login.password());
            login.identityToken().ifPresent(secrets::add);
            login.registryToken().ifPresent(secrets::add);
        }
        return secrets;
    }

    @Override
    public String toString() {
        return header.isEmpty() ? "no authorization" : "an authorization";
    }
}
