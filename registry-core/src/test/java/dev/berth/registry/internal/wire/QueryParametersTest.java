package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RegistryException;
import dev.berth.registry.contract.Cases;
import org.junit.jupiter.api.Test;

/** Queries, read and written. */
class QueryParametersTest {

    @Test
    void areReadAsTheyAreWritten() {
        String query = QueryParameters.builder()
                .add("artifactType", "application/vnd.example+json; a=\"ä\"")
                .add("n", 5)
                .build();

        assertThat(query).startsWith("?artifactType=application%2Fvnd.example%2Bjson%3B%20a");
        QueryParameters parsed = QueryParameters.parse(query.substring(1));
        assertThat(parsed.first("artifactType")).hasValue("application/vnd.example+json; a=\"ä\"");
        assertThat(parsed.pageSize()).hasValue(5);
    }

    @Test
    void mayBeNone() {
        assertThat(QueryParameters.builder().build()).isEmpty();
        for (String query : new String[] {null, "", "&", "&&"}) {
            assertThat(QueryParameters.parse(query).first("x")).isEmpty();
        }
    }

    @Test
    void haveSeveralValuesInTheirOrder() {
        QueryParameters query = QueryParameters.parse("tag=b&x&tag=a&tag=&=y&tag");

        assertThat(query.all("tag")).containsExactly("b", "a", "", "");
        assertThat(query.first("tag")).hasValue("b");
        assertThat(query.first("x")).hasValue("");
        assertThat(query.all("y")).isEmpty();
    }

    @Test
    void keepAPlus() {
        assertThat(QueryParameters.parse("t=a+b").first("t")).hasValue("a+b");
        assertThat(QueryParameters.parse("t=a%2Bb%20c").first("t")).hasValue("a+b c");
    }

    @Test
    void takeWhatFollowsTheFirstEqualsSign() {
        assertThat(QueryParameters.parse("t=a=b").first("t")).hasValue("a=b");
    }

    @Test
    void areRefusedWhenAPageSizeIsNone() {
        Cases.of("n=-1", "n=", "n=1.0", "n=+1", "n=x", "n=１", "n= 1").check(query -> {
            assertThatThrownBy(() -> QueryParameters.parse(query).pageSize()).isInstanceOf(RegistryException.class);
        });
    }

    @Test
    void haveAPageSizeThatIsNoLargerThanANumberCanBe() {
        assertThat(QueryParameters.parse("n=0").pageSize()).hasValue(0);
        assertThat(QueryParameters.parse("n=9223372036854775807").pageSize()).hasValue(Long.MAX_VALUE);
        assertThat(QueryParameters.parse("n=9223372036854775808").pageSize()).hasValue(Long.MAX_VALUE);
        assertThat(QueryParameters.parse("n=99999999999999999999999").pageSize())
                .hasValue(Long.MAX_VALUE);
        assertThat(QueryParameters.parse("").pageSize()).isEmpty();
    }
}
