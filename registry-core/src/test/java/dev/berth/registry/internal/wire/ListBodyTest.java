package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of tags and of repositories, read and written. */
class ListBodyTest {

    @Test
    void areReadAsTheyAreWritten() {
        RepositoryName name = RepositoryName.parse("team/app");

        byte[] tags = ListBody.ofTags(name, List.of(Tag.parse("1.0"), Tag.parse("latest")));
        assertThat(tags).asString().isEqualTo("{\"name\":\"team/app\",\"tags\":[\"1.0\",\"latest\"]}");
        assertThat(ListBody.parseTags(tags)).containsExactly("1.0", "latest");

        byte[] catalog = ListBody.ofCatalog(List.of(name));
        assertThat(catalog).asString().isEqualTo("{\"repositories\":[\"team/app\"]}");
        assertThat(ListBody.parseCatalog(catalog)).containsExactly("team/app");

        assertThat(ListBody.parseTags(ListBody.ofTags(name, List.of()))).isEmpty();
    }

    @Test
    void ofOthersMayLackTheList() {
        for (String body : new String[] {"{\"name\":\"a\",\"tags\":null}", "{\"name\":\"a\"}", "{}"}) {
            assertThat(ListBody.parseTags(body.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    @Test
    void areRefusedWhenTheyAreSomethingElse() {
        for (String body : new String[] {"", "[]", "<html>", "{\"tags\":\"x\"}", "{\"tags\":[1]}", "{\"tags\":{}}"}) {
            assertThatThrownBy(() -> ListBody.parseTags(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body)
                    .isInstanceOf(MalformedJsonException.class);
        }
    }
}
