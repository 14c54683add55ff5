package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is guessed of a request before it is handled is what its route says afterwards. */
class HttpHandlerNameTest {
    private static final List<String> PARTS = List.of(
            "v2", "a", "blobs", "uploads", "manifests", "tags", "list", "_catalog", "referrers", "", "sha256:00", "v1");

    @Test
    void theTargetLeadsToTheHandlerOfTheRoute() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder target = new StringBuilder(random.nextInt(10) == 0 ? "" : "/v2");
            for (int n = random.nextInt(7); n > 0; n--) {
                target.append('/').append(PARTS.get(random.nextInt(PARTS.size())));
            }
            String path = target.toString();
            String query = random.nextBoolean() ? "?n=/v2/a/tags/list" : "";
            assertThat(HttpHandlerName.ofTarget(path + query))
                    .as(path + query)
                    .isEqualTo(HttpHandlerName.ofRoute(
                            ApiPath.parse(path).resource().template()));
        }
    }

    @ParameterizedTest
    @EnumSource(ApiResource.class)
    void everyResourceHasAHandler(ApiResource resource) {
        assertThat(HttpHandlerName.ofRoute(resource.template()) == HttpHandlerName.OTHER)
                .isEqualTo(resource == ApiResource.NONE);
    }

    @Test
    void anUnreadableRequestHasNone() {
        assertThat(HttpHandlerName.ofTarget("")).isEqualTo(HttpHandlerName.OTHER);
        assertThat(HttpMethodName.of("")).isEqualTo(HttpMethodName.UNKNOWN);
        assertThat(HttpMethodName.of("get")).isEqualTo(HttpMethodName.UNKNOWN);
    }
}
