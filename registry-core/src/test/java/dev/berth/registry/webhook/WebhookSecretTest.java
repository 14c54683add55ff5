package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link WebhookSecret}. */
class WebhookSecretTest {
    private static final String TEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example of the specification of Standard Webhooks. */
    @Test
    void signsAsTheExampleOfTheSpecification() {
        String signature = WebhookSecret.parse(TEXT)
                .sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void isReadAndWrittenAsText() {
        assertThat(WebhookSecret.parse(TEXT).encoded()).isEqualTo(TEXT);
        assertThat(WebhookSecret.ofBytes(Base64.getDecoder().decode(TEXT.substring(6))))
                .isEqualTo(WebhookSecret.parse(TEXT))
                .hasSameHashCodeAs(WebhookSecret.parse(TEXT));
        assertThat(WebhookSecret.parse(WebhookSecret.generate().encoded())).isNotEqualTo(WebhookSecret.generate());
    }

    @Test
    void isNotShown() {
        assertThat(WebhookSecret.parse(TEXT)).hasToString("WebhookSecret of 24 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_secretsecret",
                "whsec_secret!secretsecretsecretsecret",
                "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmU="
            })
    void refusesOtherTextWithoutShowingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.parse(text))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()))
                        .doesNotContain("MfKQ9r8", "secretsecret", "c2VjcmV0"))
                .withNoCause();
    }

    @Test
    void has24To64Bytes() {
        assertThat(WebhookSecret.ofBytes(new byte[64]).encoded()).hasSize(6 + 88);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.ofBytes(new byte[65]))
                .withMessage("The secret of a webhook has 24 to 64 bytes; this one has 65");
    }
}
