package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large manifests from many clients at once, to a server whose heap they do not fit into, while a small client works. */
@Timeout(300)
@Tag("any-jdk")
class ManifestStormIT {
    private static final boolean LONG = Boolean.getBoolean("berth.it.long");
    private static final int CLIENTS = LONG ? 60 : 24;
    private static final int GONE_CLIENTS = LONG ? 400 : 100;
    private static final Content EMPTY =
            new Content("application/vnd.oci.image.config.v1+json", "{}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path storage;

    private static Content manifest(String more) {
        String config =
                "{\"mediaType\":\"" + EMPTY.mediaType() + "\",\"digest\":\"" + EMPTY.digest() + "\",\"size\":2}";
        String body = "{\"schemaVersion\":2,\"mediaType\":\"" + TestImage.MANIFEST + "\",\"config\":" + config
                + ",\"layers\":[]" + more + "}";
        return new Content(TestImage.MANIFEST, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Content countlessAnnotations(int number) {
        StringBuilder annotations = new StringBuilder(",\"annotations\":{\"n\":\"" + number + "\"");
        for (int i = 0; i < 240_000; i++) {
            annotations.append(",\"").append(i).append("\":\"\"");
        }
        return manifest(annotations.append('}').toString());
    }

    private static Content oneLongAnnotation(int number) {
        return manifest(",\"annotations\":{\"n\":\"" + number + "\",\"x\":\"" + "y".repeat(4_193_000) + "\"}");
    }

    /** Sends a request, and reads the status however early it comes. */
    private static int status(BerthProcess berth, String method, String path, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", berth.port())) {
            OutputStream output = socket.getOutputStream();
            output.write((method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + TestImage.MANIFEST
                            + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            output.write(body);
            InputStream input = socket.getInputStream();
            String head = new String(input.readNBytes(1024), StandardCharsets.US_ASCII);
            input.transferTo(OutputStream.nullOutputStream());
            int status = head.length() < 12 ? 0 : Integer.parseInt(head.substring(9, 12));
            if (status == 503) {
                assertThat(head).contains("\r\nRetry-After: ");
            }
            return status;
        }
    }

    private interface Request {
        int send(int client) throws Exception;
    }

    /** Sends requests from all clients at once while a small client works, and returns the statuses. */
    private static List<Integer> storm(BerthProcess berth, Request request) throws Exception {
        Content small = manifest("");
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                requests.add(() -> request.send(client));
            }
            List<Future<Integer>> answers = new ArrayList<>();
            requests.forEach(one -> answers.add(threads.submit(one)));
            do {
                berth.http().pushManifest("small/app", "1", small);
                berth.http().expectManifest("small/app", "1", small);
                RegistryHttp.expect(200, berth.http().get("/v2/"));
            } while (answers.stream().anyMatch(answer -> !answer.isDone()));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get(1, TimeUnit.MINUTES));
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void expectHealthy(BerthProcess berth) throws Exception {
        Content small = manifest(",\"annotations\":{\"after\":\"the storm\"}");
        berth.http().pushManifest("small/app", "2", small);
        berth.http().expectManifest("small/app", "2", small);
        ChildProcess.Outcome outcome = berth.stop();
        assertThat(outcome.out() + outcome.err())
                .doesNotContain("OutOfMemoryError")
                .doesNotContain(" ERROR ");
    }

    private BerthProcess start() throws Exception {
        BerthProcess berth = BerthCommand.serve(storage).heap("64m").start();
        berth.http().pushBlob("small/app", EMPTY, "sha256");
        berth.http().pushBlob("big/app", EMPTY, "sha256");
        return berth;
    }

    @Test
    void pushesOfManifestsOfFourMebibytesAreTakenOrPutOff() throws Exception {
        expectPushesTakenOrPutOff(ManifestStormIT::oneLongAnnotation);
    }

    @Test
    void pushesOfManifestsOfCountlessPartsAreTakenOrPutOff() throws Exception {
        expectPushesTakenOrPutOff(ManifestStormIT::countlessAnnotations);
    }

    private void expectPushesTakenOrPutOff(IntFunction<Content> manifests) throws Exception {
        try (BerthProcess berth = start()) {
            assertThat(storm(
                            berth,
                            client -> status(
                                    berth,
                                    "PUT",
                                    "/v2/big/app/manifests/t" + client,
                                    manifests.apply(client).bytes())))
                    .isSubsetOf(Set.of(201, 503))
                    .contains(201);
            expectHealthy(berth);
        }
    }

    @Test
    void pullsOfOneLargeManifestAreServedOrPutOff() throws Exception {
        try (BerthProcess berth = start()) {
            berth.http().pushManifest("big/app", "1", countlessAnnotations(0));
            berth.stop();
        }
        try (BerthProcess berth = start()) {
            assertThat(storm(berth, client -> status(berth, "GET", "/v2/big/app/manifests/1", new byte[0])))
                    .isSubsetOf(Set.of(200, 503))
                    .contains(200);
            berth.http().expectManifest("big/app", "1", countlessAnnotations(0));
            expectHealthy(berth);
        }
    }

    @Test
    void pullsWhoseClientsAreGoneKeepNobodyWaiting() throws Exception {
        try (BerthProcess berth = start()) {
            berth.http().pushManifest("big/app", "1", countlessAnnotations(0));
            for (int i = 0; i < GONE_CLIENTS; i++) {
                try (Socket socket = new Socket("127.0.0.1", berth.port())) {
                    socket.getOutputStream()
                            .write("GET /v2/big/app/manifests/1 HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
            while (berth.http().getManifest("big/app", "1").statusCode() == 503) {
                berth.http().pushManifest("small/app", "1", manifest(""));
            }
            berth.http().expectManifest("big/app", "1", countlessAnnotations(0));
            expectHealthy(berth);
        }
    }
}
