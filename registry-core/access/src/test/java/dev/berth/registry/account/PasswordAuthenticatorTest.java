package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordAuthenticatorTest {
    private static final String CHALLENGE = "Basic realm=\"Team\", charset=\"UTF-8\"";

    @TempDir
    private Path directory;

    private PasswordAuthenticator authenticator;

    @BeforeEach
    void setUp() throws IOException {
        Path file = directory.resolve("htpasswd");
        Files.writeString(file, "alice:" + PasswordHash.of("pass:wörd", 4).text());
        authenticator = PasswordAuthenticator.of(Logins.of(HtpasswdFile.open(file)), "Team");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private String callerOf(String... authorizations) {
        RegistryRequest.Builder request = RegistryRequest.builder("GET", "/v2/");
        for (String authorization : authorizations) {
            request.header("Authorization", authorization);
        }
        return authenticator
                .authenticate(request.build(), RequestedAccess.ping())
                .name();
    }

    private void assertChallenged(String message, String... authorizations) {
        assertThatThrownBy(() -> callerOf(authorizations))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(message)
                .satisfies(e -> {
                    RegistryException refusal = (RegistryException) e;
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
                    assertThat(refusal.challenges()).isEqualTo(List.of(CHALLENGE));
                });
    }

    @Test
    void letsInByNameAndPassword() {
        assertThat(callerOf(basic("alice:pass:wörd"))).isEqualTo("alice");
        assertThat(callerOf(basic("alice:pass:wörd").replace("Basic", "bAsIc"))).isEqualTo("alice");
    }

    @Test
    void asksForCredentialsWithoutSayingThatAPasswordIsWrong() {
        assertChallenged("Authentication is required");
        // What podman and skopeo send when nobody is logged in.
        assertChallenged("Authentication is required", basic(":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice:wrong", "alice:", "nobody:pass:wörd"})
    void saysTheSameOfAWrongPasswordAndOfAnUnknownName(String credentials) {
        assertChallenged("The user name or the password is wrong", basic(credentials));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basic !!!", "Basic /w==", "Basic YWxpY2U=", "Digest x", ""})
    void refusesWhatIsNoBasicAuthentication(String field) {
        assertChallenged("not one of Basic authentication", field);
    }

    @Test
    void refusesSeveralFields() {
        assertThatThrownBy(() -> callerOf(basic("alice:pass:wörd"), basic("alice:pass:wörd")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("several Authorization fields");
    }
}
