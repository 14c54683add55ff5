package dev.berth.registry.server.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Listing;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryResponse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of long listings. */
class PageTest {
    private final AtomicLong wanted = new AtomicLong(-1);
    private final Listing<Integer, Integer> million = Listing.of((after, limit) -> {
        wanted.set(limit.orElse(Long.MAX_VALUE));
        return IntStream.range(after.orElse(-1) + 1, 1_000_000).iterator();
    });

    @Test
    void areNotLongerThanTenThousand() {
        Cases.of("", "n=10000", "n=10001", "n=1000000", "n=99999999999999999999")
                .check(query -> {
                    Page<Integer> page = Page.of(million, QueryParameters.parse(query));

                    assertThat(page.entries()).hasSize(10_000);
                    assertThat(page.more()).isTrue();
                    assertThat(wanted).hasValue(10_001);
                });
    }

    @Test
    void leadToTheNextOneWithTheSizeThatWasWanted() {
        assertThat(link("")).isEqualTo("</v2/x?last=9999>; rel=\"next\"");
        assertThat(link("n=3")).isEqualTo("</v2/x?n=3&last=2>; rel=\"next\"");
        assertThat(link("n=1000000")).isEqualTo("</v2/x?n=10000&last=9999>; rel=\"next\"");
    }

    private String link(String query) {
        QueryParameters parameters = QueryParameters.parse(query);
        return Page.of(million, parameters)
                .link(RegistryResponse.builder(200), "/v2/x", parameters)
                .build()
                .headers()
                .first("Link")
                .orElseThrow();
    }

    @Test
    void areFetchedNoFurtherThanNeeded() {
        Page<Integer> page = Page.of(million, QueryParameters.parse("n=0"));

        assertThat(page.entries()).isEmpty();
        assertThat(page.more()).isFalse();
        assertThat(wanted).hasValue(1);
    }
}
