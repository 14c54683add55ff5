package dev.berth.registry.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client with cookies, which it sends whatever their path and scheme are. */
public final class Browser {
    public final Map<String, String> cookies = new LinkedHashMap<>();
    String userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(trusting()).build();
    private String setCookie = "";

    private static SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", SessionServers.CERTIFICATE.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the value of the cookie of a session without TLS; empty if there is none. */
    public String sessionCookie() {
        return cookies.getOrDefault("berth_session", "");
    }

    /** Returns the last {@code Set-Cookie}. */
    public String setCookie() {
        return setCookie;
    }

    public HttpResponse<String> signIn(URI server, String name, String password) {
        return send(server, "POST", "/test/sign-in", name + ":" + password);
    }

    /** Signs in with the password that everybody has here. */
    public Browser signedIn(URI server, String name) {
        HttpResponse<String> answer = signIn(server, name, name + name);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return this;
    }

    public HttpResponse<String> get(URI server, String path) {
        return send(server, "GET", path, "");
    }

    /** Returns the name of whoever the server takes this for; empty if it is nobody. */
    public String name(URI server) {
        return get(server, "/test/who").body().split(" ", -1)[0];
    }

    public String formToken(URI server) {
        String[] words = get(server, "/test/who").body().split(" ", -1);
        return words.length < 3 ? "" : words[2];
    }

    /** Sends a request, with fields in pairs. */
    public HttpResponse<String> send(URI server, String method, String path, String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .header("User-Agent", userAgent);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (fields.length > 0) {
            request.headers(fields);
        }
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String field) {
        setCookie = field;
        String pair = field.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (field.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }
}
