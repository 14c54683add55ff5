package dev.berth.registry.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer on this machine, which signs whatever it is told to. */
final class FakeIssuer implements AutoCloseable {
    static final String AUDIENCE = "berth";

    /** Made once, since that takes a while. */
    private static final RSAKey FIRST = key("first");

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final AtomicReference<List<RSAKey>> keys = new AtomicReference<>();
    final AtomicReference<UnaryOperator<String>> configuration = new AtomicReference<>(text -> text);
    final AtomicInteger requests = new AtomicInteger();
    private final Map<String, HttpHandler> further = new LinkedHashMap<>();
    private HttpServer server;
    private final int port;

    FakeIssuer() throws IOException {
        keys.set(List.of(FIRST));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        serve();
    }

    private void serve() {
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        configuration
                                .get()
                                .apply("{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/jwks\"}")));
        server.createContext("/jwks", exchange -> answer(exchange, new JWKSet(List.copyOf(keys.get())).toString()));
        further.forEach(server::createContext);
        server.start();
    }

    /** Adds what the issuer answers elsewhere. */
    void serve(String path, HttpHandler handler) {
        further.put(path, handler);
        server.createContext(path, handler);
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        requests.incrementAndGet();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void down() {
        server.stop(0);
    }

    void up() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve();
    }

    OidcOptions.Builder options() {
        return OidcOptions.builder(uri(), AUDIENCE).clock(now::get);
    }

    JWTClaimsSet.Builder claims(String name, String... groups) {
        return new JWTClaimsSet.Builder()
                .issuer(uri().toString())
                .audience(AUDIENCE)
                .subject("id-of-" + name)
                .issueTime(Date.from(now.get()))
                .expirationTime(Date.from(now.get().plusSeconds(600)))
                .claim("preferred_username", name)
                .claim("groups", List.of(groups));
    }

    String token(String name, String... groups) {
        return sign(claims(name, groups));
    }

    String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, header -> header.type(JOSEObjectType.JWT));
    }

    String sign(JWTClaimsSet.Builder claims, UnaryOperator<JWSHeader.Builder> header) {
        RSAKey key = keys.get().get(0);
        SignedJWT token = new SignedJWT(
                header.apply(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()))
                        .build(),
                claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
