package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that reads only when it has sent everything sees why it was refused. */
class LingeringCloseTest {
    private static final int SIZE = 24_000_000;
    private static final String MANIFEST = "PUT /v2/a/manifests/1";
    private static final String LENGTH = "Content-Length: " + SIZE;

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private RawResponse sendAllThenRead(String requestLine, String... fields) throws IOException {
        try (RawConnection connection = server.connect()) {
            connection.send(requestLine + " HTTP/1.1\nHost: x\n" + String.join("\n", fields) + "\n\n");
            byte[] part = new byte[100_000];
            for (int sent = 0; sent < SIZE; sent += part.length) {
                connection.sendBytes(part);
            }
            RawResponse response = connection.read();
            assertThat(response.header("Connection")).hasValue("close");
            assertThat(connection.readToEnd()).isEmpty();
            return response;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'PUT /v2/a/manifests/1',                     413",
        "'PUT /v2/A!/manifests/1',                    400",
        "'POST /v2/a/blobs/uploads/?digest=nonsense', 400",
        "'PATCH /v2/a/blobs/uploads/nothing',         404",
        "'PUT /nothing',                              404",
        "'POST /v2/a/manifests/1',                    405",
        "'PUT /v2/denied/manifests/1',                403",
        "'PUT /v2/secret/manifests/1',                401",
        "'PUT /v2/busy/manifests/1',                  503",
    })
    void afterARefusal(String requestLine, int status) throws Exception {
        server = TestServer.start(builder -> builder.authenticator((request, access) -> {
            if (request.path().contains("denied")) {
                throw RegistryException.of(ErrorCode.DENIED, "Not here");
            }
            if (request.path().contains("secret")) {
                throw RegistryException.of(ErrorCode.UNAUTHORIZED, "Who are you?");
            }
            if (request.path().contains("busy")) {
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "Not now");
            }
            return Caller.anonymous();
        }));

        assertThat(sendAllThenRead(requestLine, LENGTH).status()).isEqualTo(status);
        // A client that asks whether it should send, and does so without an answer.
        assertThat(sendAllThenRead(requestLine, LENGTH, "Expect: 100-continue").status())
                .isEqualTo(status);
    }

    @Test
    void afterAMalformedRequest() throws Exception {
        server = TestServer.start();

        assertThat(sendAllThenRead(MANIFEST, LENGTH, "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(400);
        assertThat(sendAllThenRead(
                                "POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(new byte[0]),
                                "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void afterAConnectionWasRefused() throws Exception {
        server = TestServer.start(builder -> builder.executor(task -> {
            throw new RejectedExecutionException("full");
        }));

        assertThat(sendAllThenRead(MANIFEST, LENGTH).status()).isEqualTo(503);
    }

    @Test
    void endsSoonWhenTheServerStops() throws Exception {
        server = TestServer.start();
        try (RawConnection connection = server.connect()) {
            connection.send(MANIFEST + " HTTP/1.1\nHost: x\n" + LENGTH + "\n\n");
            assertThat(connection.read().status()).isEqualTo(413);

            assertThat(server.server().stop(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void isEnoughForClientsInGo(@TempDir Path directory) throws Exception {
        server = TestServer.start();
        Programs.require("go");
        Path program = directory.resolve("main.go");
        Files.writeString(program, """
                package main

                import (
                	"bytes"
                	"fmt"
                	"net/http"
                	"os"
                )

                func main() {
                	for i := 0; i < 30; i++ {
                		request, _ := http.NewRequest("PUT", os.Args[1], bytes.NewReader(make([]byte, 5_000_000)))
                		response, err := http.DefaultClient.Do(request)
                		if err != nil {
                			fmt.Println(err)
                			continue
                		}
                		fmt.Println(response.StatusCode)
                		response.Body.Close()
                	}
                }
                """);

        String printed = new Programs(directory)
                .run("go", "run", program.toString(), server.server().uri() + "v2/a/manifests/1");

        assertThat(printed.lines()).hasSize(30).containsOnly("413");
    }
}
