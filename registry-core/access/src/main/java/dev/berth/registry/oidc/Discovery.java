package dev.berth.registry.oidc;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.token.FetchedKeys;
import dev.berth.registry.internal.token.KeyAddress;
import dev.berth.registry.internal.token.KeyDownload;
import dev.berth.registry.internal.token.TrustedKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the keys and addresses of an issuer by its configuration (OpenID Connect Discovery 1.0, section 4). */
final class Discovery implements FetchedKeys.Fetch {
    private static final String CONFIGURATION = "/.well-known/openid-configuration";

    private final URI issuer;
    private final KeyDownload download;

    Discovery(URI issuer, KeyDownload download) {
        this.issuer = issuer;
        this.download = download;
    }

    @Override
    public TrustedKeys fetch() throws IOException {
        URI keys = configuration().keys();
        byte[] json = download.get(keys);
        try {
            return TrustedKeys.parse(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("The JWK set of " + KeyAddress.shown(keys) + " is not good: " + e.getMessage(), e);
        }
    }

    /**
     * Returns what the issuer says of itself.
     *
     * @throws IOException if it cannot be had, or is of another issuer; the message is a sentence
     */
    IssuerConfiguration configuration() throws IOException {
        return configuration(address());
    }

    private URI address() {
        String text = issuer.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + CONFIGURATION);
    }

    private IssuerConfiguration configuration(URI address) throws IOException {
        String shown = KeyAddress.shown(address);
        try {
            JsonObject configuration = JsonObject.root(StrictJson.parseLastNameWins(download.get(address)));
            String stated = configuration.requireString("issuer");
            if (!stated.equals(issuer.toString())) {
                throw new IOException(shown + " is the configuration of the issuer '" + JsonObject.printable(stated)
                        + "' and not of '" + issuer + "': name the issuer exactly as it does");
            }
            return new IssuerConfiguration(
                    KeyAddress.require(URI.create(configuration.requireString("jwks_uri"))),
                    address(configuration, "authorization_endpoint"),
                    address(configuration, "token_endpoint"),
                    configuration.flag("authorization_response_iss_parameter_supported"));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new IOException(shown + " is no configuration of an issuer: " + e.getMessage(), e);
        }
    }

    private static Optional<URI> address(JsonObject configuration, String name) {
        return configuration.string(name).map(text -> KeyAddress.require(URI.create(text)));
    }
}
