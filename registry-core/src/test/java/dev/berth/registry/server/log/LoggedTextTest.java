package dev.berth.registry.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of parameters are shown only if they cannot be secrets. */
class LoggedTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/v2/ /v2/",
                "/v2/_catalog?n=10&last=a%2Fb /v2/_catalog?n=10&last=a%2Fb",
                "/v2/a/blobs/uploads/1?_state=s3cret&digest=sha256:00 /v2/a/blobs/uploads/1?_state=***&digest=sha256:00",
                "/token?service=registry.test&scope=repository:a:pull&account=alice"
                        + " /token?service=registry.test&scope=repository:a:pull&account=alice",
                "/token?password=s3cret&refresh_token=s3cret /token?password=***&refresh_token=***",
                "/v2/?access_token=s3cret /v2/?access_token=***",
                "/v2/?s3cret /v2/?***",
                "/v2/?s3cret= /v2/?***",
                "/v2/?n=&last= /v2/?n=&last=",
                "/v2/?N=s3cret /v2/?N=***",
                "/v2/?%6e=s3cret /v2/?%6e=***",
                "/v2/?=s3cret /v2/?=***",
                "/v2/?&&n=1& /v2/?&&n=1&",
                "/v2/?n=1?s3=x /v2/?n=1?s3=x",
                "/v2/? /v2/?"
            })
    void ofATarget(String target, String shown) {
        assertThat(LoggedText.target(target)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://pages.example/a https://pages.example/a",
                "https://pages.example/a?token=s3cret https://pages.example/a?***",
                "https://pages.example/a#s3cret https://pages.example/a?***",
                "https://alice:s3cret@pages.example/a https://***@pages.example/a",
                "https://alice:s3cret@pages.example https://***@pages.example",
                "https://pages.example/@a https://pages.example/@a",
                "https://pages.example?x=/@a https://pages.example?***",
                "nonsense nonsense"
            })
    void ofAReferrer(String referrer, String shown) {
        assertThat(LoggedText.referrer(referrer)).isEqualTo(shown);
    }

    @Test
    void noSecretIsShownHoweverLongItIs() {
        for (String target : List.of("/v2/?_state=" + "s3cret".repeat(10_000), "/v2/?" + "s3cret".repeat(10_000))) {
            assertThat(LoggedText.target(target)).doesNotContain("s3cret");
        }
        assertThat(LoggedText.target("/v2/?" + "x=s3cret&".repeat(100_000)))
                .doesNotContain("s3cret")
                .hasSizeLessThan(1_100);
    }
}
