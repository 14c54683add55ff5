package dev.berth.registry.token;

import static dev.berth.registry.token.PrivateRegistry.basic;
import static dev.berth.registry.token.PrivateRegistry.encode;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guessing is limited, over HTTP as well, and clients that try a password in several ways are not taken for guessing. */
class GuessingTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private Path directory;

    private PrivateRegistry there;

    @BeforeEach
    void start() throws IOException {
        there = new PrivateRegistry(directory);
    }

    @AfterEach
    void stop() {
        there.close();
    }

    private HttpResponse<String> byGet(String password) {
        return there.get(
                "/token?scope=" + encode("repository:alice/app:pull"), "Authorization", basic("alice", password));
    }

    private HttpResponse<String> byPost(String password) {
        return there.post(
                "/token", "grant_type=password&username=alice&password=" + encode(password), "Content-Type", FORM);
    }

    @Test
    void aPostAndItsFallbackToGetCountOnce() {
        for (int i = 0; i < 9; i++) {
            assertThat(byPost("wrong " + i).statusCode()).isEqualTo(401);
            assertThat(byGet("wrong " + i).statusCode()).isEqualTo(401);
            assertThat(there.get("/v2/", "Authorization", basic("alice", "wrong " + i))
                            .statusCode())
                    .isEqualTo(401);
        }

        assertThat(byPost("alice's").statusCode()).isEqualTo(200);
    }

    @Test
    void tooManyGuessesAreToldWhenToComeBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(byGet("wrong " + i).statusCode()).isEqualTo(401);
        }
        for (HttpResponse<String> refused : List.of(
                byGet("alice's"), byPost("alice's"), there.get("/v2/", "Authorization", basic("alice", "alice's")))) {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 60L);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
            assertThat(refused.body()).contains("TOOMANYREQUESTS");
        }
        assertThat(there.get("/token?service=registry.test", "Authorization", basic("bob", "bob's"))
                        .statusCode())
                .isEqualTo(200);
    }
}
