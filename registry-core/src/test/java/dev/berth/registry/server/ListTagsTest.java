package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.wire.LinkHeader;
import dev.berth.registry.internal.wire.ListBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Listing Tags". */
@Tag("end-8")
@Tag("end-8")
class ListTagsTest {
    private static final String LIST = "/v2/team/app/tags/list";
    private static final List<String> TAGS = List.of("1", "1.0", "1.0-alpine", "1.0.1", "A", "_x", "latest");

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        Repository repository = server.repository("team/app");
        Digest digest = repository
                .manifests()
                .put(Samples.image(repository, "one"))
                .descriptor()
                .digest();
        for (String tag : TAGS) {
            repository.tags().put(dev.berth.registry.Tag.parse(tag), digest);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<String> tags(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return ListBody.parseTags(response.body());
    }

    @Test
    void listsAllTagsInOrder() throws Exception {
        RawResponse response = server.get(LIST);

        assertThat(tags(response)).isEqualTo(TAGS);
        assertThat(response.text()).startsWith("{\"name\":\"team/app\",\"tags\":[\"1\",");
        assertThat(response.header("Content-Type")).hasValue("application/json");
        assertThat(response.header("Link")).isEmpty();
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        int length = server.get(LIST).body().length;

        assertThat(server.head(LIST).header("Content-Length")).hasValue(Integer.toString(length));
    }

    @Test
    void continuesAfterLast() throws Exception {
        for (int i = 0; i < TAGS.size(); i++) {
            assertThat(tags(server.get(LIST + "?last=" + TAGS.get(i)))).isEqualTo(TAGS.subList(i + 1, TAGS.size()));
        }
        assertThat(tags(server.get(LIST + "?last=1.0-beta"))).isEqualTo(TAGS.subList(3, TAGS.size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void linksEachPageToTheNext(int size) throws Exception {
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.of(LIST + "?n=" + size);
        while (next.isPresent()) {
            RawResponse response = server.get(next.get());
            found.addAll(tags(response));
            next = response.header("Link").flatMap(LinkHeader::parseNext);
            if (next.isPresent()) {
                assertThat(tags(response)).hasSize(size);
            }
        }
        assertThat(found).isEqualTo(TAGS);
    }

    @Test
    void hasNoLinkOnTheLastPage() throws Exception {
        assertThat(server.get(LIST + "?n=7").header("Link")).isEmpty();
        assertThat(server.get(LIST + "?n=6").header("Link")).hasValue("<" + LIST + "?n=6&last=_x>; rel=\"next\"");
        assertThat(server.get(LIST + "?n=99999999999999999999").header("Link")).isEmpty();
    }

    @Test
    void returnsAnEmptyPageForASizeOfZero() throws Exception {
        RawResponse response = server.get(LIST + "?n=0");

        assertThat(response.text()).isEqualTo("{\"name\":\"team/app\",\"tags\":[]}");
        assertThat(response.header("Link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "", "1.5", "+1", "0x10", "1 "})
    void refusesAMalformedSize(String n) throws Exception {
        RawResponse response = server.get(LIST + "?n=" + n.replace(" ", "%20"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.PAGINATION_NUMBER_INVALID);
    }

    @Test
    void refusesAMalformedLast() throws Exception {
        RawResponse response = server.get(LIST + "?last=a/b");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.TAG_INVALID);
    }

    @Test
    void ignoresAnEmptyLast() throws Exception {
        assertThat(tags(server.get(LIST + "?last="))).isEqualTo(TAGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?n=0", "?n=5", "?last=a"})
    void returns404ForAnUnknownRepository(String query) throws Exception {
        RawResponse response = server.get("/v2/nobody/nothing/tags/list" + query);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.codes()).containsExactly(ErrorCode.NAME_UNKNOWN);
    }
}
