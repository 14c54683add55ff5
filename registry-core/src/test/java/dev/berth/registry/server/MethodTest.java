package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods that an address does not take. */
public class MethodTest extends ServedTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /v2/                        | GET, HEAD",
                "DELETE | /v2/_catalog                | GET, HEAD",
                "PUT    | /v2/a/tags/list             | GET, HEAD",
                "PATCH  | /v2/a/manifests/1.0         | GET, HEAD, PUT, DELETE",
                "PUT    | /v2/a/blobs/sha256:0        | GET, HEAD, DELETE",
                "GET    | /v2/a/blobs/uploads/        | POST",
                "POST   | /v2/a/blobs/uploads/x       | GET, HEAD, PATCH, PUT, DELETE",
                "DELETE | /v2/a/referrers/sha256:0    | GET, HEAD",
                "BREW   | /v2/                        | GET, HEAD",
                "get    | /v2/                        | GET, HEAD",
            })
    void areRefusedWithTheAllowedOnes(String method, String path, String allowed) throws Exception {
        RawResponse response = server.exchange(method, path);

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).hasValue(allowed);
        assertThat(response.codes()).containsExactly(ErrorCode.UNSUPPORTED);
    }

    @Test
    void areListedByOptions() throws Exception {
        RawResponse response = server.exchange("OPTIONS", "/v2/a/manifests/1.0");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Allow")).hasValue("GET, HEAD, PUT, DELETE");
    }

    @Test
    void areNotCheckedWhereNothingExists() throws Exception {
        assertThat(server.exchange("BREW", "/coffee").status()).isEqualTo(404);
        assertThat(server.exchange("OPTIONS", "/v2/a/b/c").status()).isEqualTo(404);
    }
}
