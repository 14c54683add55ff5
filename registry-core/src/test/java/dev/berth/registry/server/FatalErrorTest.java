package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.fixtures.Expected;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An error of the JVM in a handler gets an answer, and the application is told. */
@Timeout(60)
class FatalErrorTest {
    private final List<Error> told = new CopyOnWriteArrayList<>();

    private TestServer server(Supplier<? extends Throwable> failure) throws Exception {
        return TestServer.start(builder -> builder.onFatalError(told::add).route("/fails", request -> {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }));
    }

    @Test
    void anErrorIsAnsweredAndEndsTheConnection() throws Exception {
        for (Error error : List.of(
                Expected.failure(new NoClassDefFoundError("Could not initialize class x")),
                Expected.failure(new StackOverflowError()),
                Expected.failure(new OutOfMemoryError("Java heap space")))) {
            told.clear();
            try (TestServer server = server(() -> error);
                    RawConnection connection = server.connect()) {
                connection.send("GET /fails HTTP/1.1\nHost: x\n\n");
                RawResponse response = connection.read();

                assertThat(response.status()).isEqualTo(500);
                assertThat(response.codes()).containsExactly(ErrorCode.UNKNOWN);
                assertThat(response.header("Connection")).hasValue("close");
                assertThat(connection.readToEnd()).isEmpty();
                assertThat(told).containsExactly(error);
                assertThat(server.get("/v2/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anErrorThatCausedAnotherFailureIsTold() throws Exception {
        Error error = Expected.failure(new OutOfMemoryError("Java heap space"));
        try (TestServer server = server(
                () -> Expected.failure(new IllegalStateException(Expected.failure(new RuntimeException(error)))))) {
            assertThat(server.get("/fails").status()).isEqualTo(500);
            assertThat(told).containsExactly(error);
        }
    }

    @Test
    void anErrorWhileTheBodyIsWrittenIsTold() throws Exception {
        Error error = Expected.failure(new StackOverflowError());
        ResponseBody body = new ResponseBody() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(5);
            }

            @Override
            public void writeTo(OutputStream output) {
                throw error;
            }
        };
        try (TestServer server = TestServer.start(builder -> builder.onFatalError(told::add)
                        .route(
                                "/fails",
                                request ->
                                        RegistryResponse.builder(200).body(body).build()));
                RawConnection connection = server.connect()) {
            connection.send("GET /fails HTTP/1.1\nHost: x\n\n");
            connection.readToEnd();
            while (told.isEmpty()) {
                Thread.onSpinWait();
            }

            assertThat(told).containsExactly(error);
            assertThat(server.get("/v2/").status()).isEqualTo(200);
        }
    }

    @Test
    void anExceptionIsNotToldAndKeepsTheConnection() throws Exception {
        try (TestServer server = server(() -> Expected.failure(new IllegalStateException("internal")));
                RawConnection connection = server.connect()) {
            connection.send("GET /fails HTTP/1.1\nHost: x\n\n");
            assertThat(connection.read().status()).isEqualTo(500);
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n");
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(told).isEmpty();
        }
    }
}
