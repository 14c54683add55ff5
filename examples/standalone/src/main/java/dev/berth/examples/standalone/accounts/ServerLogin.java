package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.RemoteFlags;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.client.credentials.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Logs in to a registry: with name and password, or with what 'docker login' keeps instead of a password. */
final class ServerLogin {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern REALM = Pattern.compile("(?i)bearer\\s.*?\\brealm=\"([^\"]+)\".*");
    private static final Pattern SERVICE = Pattern.compile("(?i)bearer\\s.*?\\bservice=\"([^\"]*)\".*");

    private final ManagedPart part;
    private final String host;
    private final URI address;
    private final RemoteFlags flags;
    private final HttpClient client;

    ServerLogin(ManagedPart part, String host, RemoteFlags flags) throws IOException {
        this.part = part;
        this.host = host;
        this.flags = flags;
        this.address = URI.create((flags.isPlain(host) ? "http://" : "https://") + host);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        Optional<Path> authorities = flags.authorities(host);
        if (authorities.isPresent()) {
            builder.sslContext(trusting(authorities.get()));
        }
        this.client = builder.build();
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(content)) {
                keys.setCertificateEntry("authority" + count++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new CommandException("The file " + file + " of --ca cannot be used: " + e.getMessage() + ".");
        }
    }

    OverHttp anonymous() {
        return new OverHttp(part, host, address, client, null);
    }

    OverHttp with(Credentials credentials) throws IOException {
        Optional<String> token = credentials.registryToken();
        if (token.isEmpty() && credentials.identityToken().isPresent()) {
            token = Optional.of(accessToken(credentials.identityToken().get()));
        }
        return new OverHttp(
                part, host, address, client, token.map(text -> "Bearer " + text).orElseGet(() -> basic(credentials)));
    }

    private static String basic(Credentials credentials) {
        String text = credentials.username() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Trades the token that 'docker login' keeps for one to manage accounts with. */
    private String accessToken(String identityToken) throws IOException {
        HttpResponse<InputStream> ping = OverHttp.send(
                client,
                HttpRequest.newBuilder(address.resolve("/v2/"))
                        .timeout(CONNECT_TIMEOUT)
                        .build(),
                host);
        ping.body().close();
        String challenge = ping.headers().firstValue("WWW-Authenticate").orElse("");
        Matcher realm = REALM.matcher(challenge);
        Matcher service = SERVICE.matcher(challenge);
        if (!realm.matches()) {
            throw loggedOut();
        }
        String form = "grant_type=refresh_token&client_id=berth&scope=" + encode("registry:access:* registry:catalog:*")
                + "&service=" + encode(service.matches() ? service.group(1) : "") + "&refresh_token="
                + encode(identityToken);
        HttpResponse<InputStream> response = OverHttp.send(
                client,
                HttpRequest.newBuilder(trusted(realm.group(1)))
                        .timeout(CONNECT_TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                host);
        JsonNode content = OverHttp.content(response);
        if (response.statusCode() != 200 || !content.path("access_token").isTextual()) {
            throw loggedOut();
        }
        return content.path("access_token").textValue();
    }

    /** The token is a secret: it goes to the registry itself, as securely as that, or to who is trusted. */
    private URI trusted(String realm) {
        try {
            URI uri = URI.create(realm);
            boolean same = uri.getScheme().equals(address.getScheme()) && host.equals(uri.getAuthority());
            if (same || "https".equals(uri.getScheme()) && flags.trustsRealm(String.valueOf(uri.getAuthority()))) {
                return uri;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            // Not an address.
        }
        throw new CommandException("The token service of " + host + " is elsewhere, at " + Text.printable(realm)
                + "; trust it with --trust-realm, or name yourself with --user.");
    }

    private CommandException loggedOut() {
        return new CommandException("What 'docker login' has kept for " + host
                + " is not good any more; log in again, or name yourself with --user.");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
