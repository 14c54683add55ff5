package dev.berth.registry.internal.token;

import dev.berth.registry.client.http.LocalServers;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingBody;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.ProxySettings;
import dev.berth.registry.internal.transport.TlsTrust;
import dev.berth.registry.internal.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads short JSON documents, and sends forms, by the transport of the registry client, in a few seconds or not at all. Redirects are not
 * followed. Only if the first server is on this machine may others be. Thread-safe.
 */
public final class KeyDownload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDownload.class);

    private static final int LARGEST = 512 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(3);
    private static final Duration STALL = Duration.ofSeconds(1);
    private static final int BYTES_PER_SECOND = 256 * 1024;

    private final Origin first;
    private final LocalServers local;
    private final HttpTransport transport;

    /**
     * @param first the server that is asked, which may name others
     * @param authorities a PEM file with authorities for its certificate, besides those of the JVM
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no certificates
     */
    public KeyDownload(URI first, Optional<Path> authorities) throws IOException {
        this.first = Origin.of(first);
        if (!this.first.isSecure() && !this.first.isLoopback()) {
            LOG.warn(
                    "Keys are fetched from {} without TLS: whoever is on the way there can replace them, and sign tokens",
                    this.first);
        }
        this.local = new LocalServers(this.first, origin -> false);
        TlsTrust.Builder trust = TlsTrust.builder();
        if (authorities.isPresent()) {
            trust.trust(this.first.host(), authorities.get());
        }
        this.transport = new HttpTransport(new TransportOptions(
                CONNECT,
                FIRST_BYTE,
                STALL,
                BYTES_PER_SECOND,
                3,
                2,
                CONNECT,
                "berth",
                trust.build(),
                ProxySettings.ofThisProcess(),
                local));
    }

    /**
     * Returns the content of a document.
     *
     * @throws IOException if it cannot be had; the message is a sentence
     */
    public byte[] get(URI address) throws IOException {
        String shown = KeyAddress.shown(address);
        if (first.isSecure() && !Origin.of(address).isSecure()) {
            throw new IOException("Keys at " + shown + " are not fetched without TLS, since " + first + " has it");
        }
        OutgoingRequest request = new OutgoingRequest(
                "GET", address, List.of(Map.entry("Accept", "application/json, */*")), Optional.empty());
        try (IncomingResponse response = transport.exchange(request)) {
            local.note(response);
            if (response.status() != 200) {
                throw new IOException(shown + " answered with status " + response.status()
                        + (response.status() / 100 == 3 ? "; redirects are not followed for keys" : ""));
            }
            return response.readAll(LARGEST)
                    .orElseThrow(() -> new IOException(shown + " answered with more than " + LARGEST + " bytes"));
        } catch (BodyFailedException e) {
            throw new IOException("The request to " + shown + " cannot be sent", e);
        }
    }

    /** What a server answers to a form. */
    public static final class Reply {
        private final int status;
        private final byte[] body;

        private Reply(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        /** Returns the status. */
        public int status() {
            return status;
        }

        /** Returns the content, which may have secrets. */
        public byte[] body() {
            return body.clone();
        }

        /** Prints the status only. */
        @Override
        public String toString() {
            return "reply with status " + status;
        }
    }

    /**
     * Sends a form. It is sent once, and without TLS only to a server that is asked without TLS for its keys, too.
     *
     * @param form names and values
     * @param authorization the field {@code Authorization}, if there is one
     * @throws IOException if it cannot be sent, or there is no answer; the message is a sentence without what was sent
     */
    public Reply post(URI address, Map<String, String> form, Optional<String> authorization) throws IOException {
        String shown = KeyAddress.shown(address);
        if (first.isSecure() && !Origin.of(address).isSecure()) {
            throw new IOException("Nothing is sent to " + shown + " without TLS, since " + first + " has it");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Accept", "application/json"));
        headers.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
        authorization.ifPresent(field -> headers.add(Map.entry("Authorization", field)));
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        OutgoingRequest request = new OutgoingRequest(
                "POST", address, headers, Optional.of(OutgoingBody.of(body.getBytes(StandardCharsets.US_ASCII))));
        try (IncomingResponse response = transport.exchange(request)) {
            local.note(response);
            byte[] content = response.readAll(LARGEST)
                    .orElseThrow(() -> new IOException(shown + " answered with more than " + LARGEST + " bytes"));
            return new Reply(response.status(), content);
        } catch (BodyFailedException e) {
            throw new IOException("The request to " + shown + " cannot be sent", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        transport.close();
    }
}
