package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** An upload as its client sees it: the acknowledged offset, and what was sent. Not thread-safe. */
final class UploadSession {
    private static final String OCTETS = "application/octet-stream";

    private final String repository;
    private final Content blob;
    private final byte[] bytes;
    private String location;
    private int acknowledged;
    private int sent;
    private boolean closing;

    private UploadSession(String repository, Content blob, String location) {
        this.repository = repository;
        this.blob = blob;
        this.bytes = blob.bytes();
        this.location = location;
    }

    static UploadSession start(RegistryHttp registry, String repository, Content blob)
            throws IOException, InterruptedException {
        return new UploadSession(repository, blob, registry.startUpload(repository));
    }

    /** Sends the next bytes as a chunk with a Content-Range. */
    void chunk(RegistryHttp registry, KillSwitch killer, int length) throws IOException, InterruptedException {
        int from = acknowledged;
        String range = from + "-" + (from + length - 1);
        send(registry, killer.body(bytes, from, length), length, "Content-Type", OCTETS, "Content-Range", range);
    }

    /** Sends the whole content with chunked encoding. */
    void stream(RegistryHttp registry, KillSwitch killer) throws IOException, InterruptedException {
        send(registry, killer.bodyOfUnknownLength(bytes, 0, bytes.length), bytes.length, "Content-Type", OCTETS);
    }

    private void send(RegistryHttp registry, BodyPublisher body, int length, String... headers)
            throws IOException, InterruptedException {
        sent = acknowledged + length;
        HttpResponse<byte[]> response = registry.send("PATCH", location, body, headers);
        RegistryHttp.expect(202, response);
        acknowledged = RegistryHttp.received(response);
        location = RegistryHttp.location(response);
        assertThat(acknowledged).isEqualTo(sent);
    }

    boolean isComplete() {
        return acknowledged == bytes.length;
    }

    int left() {
        return bytes.length - acknowledged;
    }

    /** Completes the upload with the remaining bytes. */
    void close(RegistryHttp registry, KillSwitch killer) throws IOException, InterruptedException {
        closing = true;
        BodyPublisher rest = killer.body(bytes, acknowledged, left());
        sent = bytes.length;
        close(registry, rest);
    }

    private void close(RegistryHttp registry, BodyPublisher rest) throws IOException, InterruptedException {
        String address = RegistryHttp.closing(location, blob.digest());
        RegistryHttp.expect(201, registry.send("PUT", address, rest, "Content-Type", OCTETS));
    }

    /**
     * Resumes and completes the upload after a restart of the server. It may be unknown only if its completion had been
     * requested; then the blob is pushed again.
     */
    void resume(RegistryHttp registry) throws IOException, InterruptedException {
        HttpResponse<byte[]> state = registry.get(location);
        if (closing && state.statusCode() == 404) {
            registry.pushBlob(repository, blob, "sha256");
        } else {
            RegistryHttp.expect(204, state);
            int received = RegistryHttp.received(state);
            assertThat(received).as("bytes received of %s", location).isBetween(acknowledged, sent);
            location = RegistryHttp.location(state);
            BodyPublisher rest = BodyPublishers.ofByteArray(bytes, received, bytes.length - received);
            close(registry, rest);
        }
        registry.expectBlob(repository, blob, "sha256");
    }
}
