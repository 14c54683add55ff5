package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.internal.wire.LinkHeader;
import dev.berth.registry.internal.wire.ListBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of repositories, which is not in the specification. */
class CatalogTest {
    private static final List<String> NAMES = List.of("a", "a-b", "a/b", "team/app", "zoo");

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        for (String name : NAMES) {
            server.repository(name).manifests().put(Samples.image(server.repository(name), "one"));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsAllRepositoriesInOrder() throws Exception {
        RawResponse response = server.get("/v2/_catalog");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"repositories\":[\"a\",\"a-b\",\"a/b\",\"team/app\",\"zoo\"]}");
        assertThat(response.header("Link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void linksEachPageToTheNext(int size) throws Exception {
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.of("/v2/_catalog?n=" + size);
        while (next.isPresent()) {
            RawResponse response = server.get(next.get());
            found.addAll(ListBody.parseCatalog(response.body()));
            next = response.header("Link").flatMap(LinkHeader::parseNext);
        }
        assertThat(found).isEqualTo(NAMES);
    }

    @Test
    void escapesTheNameInTheLink() throws Exception {
        assertThat(server.get("/v2/_catalog?n=3").header("Link"))
                .hasValue("</v2/_catalog?n=3&last=a%2Fb>; rel=\"next\"");
    }

    @Test
    void returnsAnEmptyPageForASizeOfZero() throws Exception {
        RawResponse response = server.get("/v2/_catalog?n=0");

        assertThat(response.text()).isEqualTo("{\"repositories\":[]}");
        assertThat(response.header("Link")).isEmpty();
    }

    @Test
    void refusesAMalformedSizeOrName() throws Exception {
        assertThat(server.get("/v2/_catalog?n=-1").codes()).containsExactly(ErrorCode.PAGINATION_NUMBER_INVALID);
        assertThat(server.get("/v2/_catalog?last=UPPER").codes()).containsExactly(ErrorCode.NAME_INVALID);
    }
}
