package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class RemoteHealthTest {

    private static RemoteRegistry connect(String address) {
        return RemoteRegistry.at(
                address, RemoteOptions.builder().retry(RetryPolicy.none()).build());
    }

    @Test
    void aHealthCheckIsOneRequestForTheAddressThatEveryRegistryHas() throws IOException {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(200, "{}"));
                RemoteRegistry registry = connect(server.address())) {
            registry.checkHealth();

            assertThat(server.requests())
                    .extracting(each -> each.method() + " " + each.target())
                    .containsExactly("GET /v2/");
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, application/json, UNAUTHORIZED",
        "403, application/json, DENIED",
        "500, application/json, UNAVAILABLE",
        "503, text/plain, UNAVAILABLE",
        "200, text/html, UNAVAILABLE"
    })
    void aRegistryThatDoesNotServeFailsTheCheck(int status, String type, ErrorCode expected) throws IOException {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(status, "{}", "Content-Type", type));
                RemoteRegistry registry = connect(server.address())) {
            RegistryException failure = catchThrowableOfType(RegistryException.class, registry::checkHealth);

            assertThat(failure.code()).isEqualTo(expected);
            assertThat(failure).hasMessageContaining(server.address());
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void aRegistryThatCannotBeReachedFailsTheCheck() throws IOException {
        String address;
        try (ScriptedServer gone = new ScriptedServer(request -> new Answer(200, "{}"))) {
            address = gone.address();
        }
        try (RemoteRegistry registry = connect(address)) {
            RegistryException failure = catchThrowableOfType(RegistryException.class, registry::checkHealth);

            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(address);
        }
    }
}
