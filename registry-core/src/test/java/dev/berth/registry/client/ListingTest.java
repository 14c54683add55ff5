package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.fixtures.ScriptedServer.Request;
import dev.berth.registry.contract.Cases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists as registries send them: with links of all kinds, without, in odd orders, and without end. */
@Timeout(60)
final class ListingTest {
    private static final RepositoryName NAME = RepositoryName.parse("a/b");

    private ScriptedServer server;
    private RemoteRegistry registry;

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private Listing<Tag, Tag> tags(ScriptedServer.Script script) throws IOException {
        server = new ScriptedServer(script);
        registry = RemoteRegistry.at(
                server.address(),
                RemoteOptions.builder()
                        .credentials(CredentialStore.of(server.address(), Credentials.of("bob", "pw")))
                        .build());
        return registry.repository(NAME).tags().list();
    }

    private static Answer page(String tags, String... link) {
        String body = "{\"name\":\"a/b\",\"tags\":[" + tags + "]}";
        return link.length == 0 ? new Answer(200, body) : new Answer(200, body, "Link", link[0]);
    }

    private List<String> targets() {
        return server.requests().stream().map(Request::target).toList();
    }

    private static List<Tag> named(String... names) {
        return List.of(names).stream().map(Tag::parse).toList();
    }

    @Test
    void followsTheLinkAsItComes() {
        Cases.of(
                        "</v2/a/b/tags/list?next_page=opaque%2Fthing%3D%3D>; rel=\"next\"",
                        "</v2/a/b/tags/list?next_page=opaque%2Fthing%3D%3D>;rel=next",
                        "<?next_page=opaque%2Fthing%3D%3D>; rel=\"next\"",
                        "<list?next_page=opaque%2Fthing%3D%3D>; title=\"a, b\"; rel=\"next\"",
                        "</first>; rel=\"first\", </v2/a/b/tags/list?next_page=opaque%2Fthing%3D%3D>; rel=\"next\"")
                .check(link -> {
                    Listing<Tag, Tag> tags = tags(request ->
                            request.target().contains("next_page") ? page("\"3\"") : page("\"1\",\"2\"", link));

                    assertThat(tags).containsExactlyElementsOf(named("1", "2", "3"));
                    assertThat(targets().get(1)).isEqualTo("/v2/a/b/tags/list?next_page=opaque%2Fthing%3D%3D");
                });
    }

    @Test
    void followsALinkThatLeadsElsewhereAndLeavesItsCredentialsBehind() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> {
            if (request.target().startsWith("/elsewhere")) {
                return page("\"3\"");
            }
            return request.authorization().isEmpty()
                    ? new Answer(401, "", "WWW-Authenticate", "Basic realm=\"x\"")
                    : page("\"1\"", "<http://" + server.otherName() + "/elsewhere?x=1>; rel=\"next\"");
        });

        assertThat(tags).containsExactlyElementsOf(named("1", "3"));
        assertThat(server.requests())
                .extracting(Request::target, Request::authorization)
                .last()
                .hasToString("(\"/elsewhere?x=1\", \"\")");
    }

    @Test
    void doesNotFollowALinkToPlainHttpOnAnotherMachine() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> page("\"1\"", "<http://registry.invalid/next>; rel=\"next\""));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .withMessageContaining("registry.invalid")
                .withMessageContaining("plain HTTP");
    }

    @Test
    void asksForNoMoreThanIsWanted() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> {
            int next = request.target().contains("p=")
                    ? Integer.parseInt(request.target().replaceAll(".*p=", ""))
                    : 0;
            return page("\"%05d\"".formatted(next), "</v2/a/b/tags/list?p=" + (next + 1) + ">; rel=\"next\"");
        });

        assertThat(tags.limit(3)).containsExactlyElementsOf(named("00000", "00001", "00002"));
        assertThat(targets()).hasSize(3);
        assertThat(targets().get(0)).isEqualTo("/v2/a/b/tags/list?n=3");
    }

    @Test
    void requestsTheNextPageAfterAFullOneWithoutLink() throws IOException {
        String first = IntStream.range(0, 1000).mapToObj("\"%04d\""::formatted).collect(Collectors.joining(","));
        Listing<Tag, Tag> tags =
                tags(request -> request.target().contains("last=") ? page("\"1000\",\"1001\"") : page(first));

        assertThat(tags.toList()).hasSize(1002);
        assertThat(targets()).containsExactly("/v2/a/b/tags/list?n=1000", "/v2/a/b/tags/list?n=1000&last=0999");
    }

    /** Docker's registry, from version 3 on, refuses what is larger than its settings allow. */
    @Test
    void repeatsAPageWithoutASizeIfTheRegistryRefusesIt() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> {
            if (request.target().contains("n=1000")) {
                return new Answer(400, "{\"errors\":[{\"code\":\"PAGINATION_NUMBER_INVALID\"}]}");
            }
            return request.target().contains("last=2")
                    ? page("\"3\",\"4\"")
                    : page("\"1\",\"2\"", "</v2/a/b/tags/list?last=2&n=2>; rel=\"next\"");
        });

        assertThat(tags).containsExactlyElementsOf(named("1", "2", "3", "4"));
        assertThat(tags.after(Tag.parse("2"))).containsExactlyElementsOf(named("3", "4"));
        assertThat(targets())
                .containsExactly(
                        "/v2/a/b/tags/list?n=1000",
                        "/v2/a/b/tags/list",
                        "/v2/a/b/tags/list?last=2&n=2",
                        "/v2/a/b/tags/list?n=1000&last=2",
                        "/v2/a/b/tags/list?last=2");
    }

    @Test
    void doesNotTakeARefusalInTheMiddleForTheEnd() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> request.target().contains("p=2")
                ? new Answer(400, "{\"errors\":[{\"code\":\"PAGINATION_NUMBER_INVALID\"}]}")
                : page("\"1\"", "<?p=2>; rel=\"next\""));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .matches(e -> e.code() == ErrorCode.PAGINATION_NUMBER_INVALID);
    }

    @Test
    void saysThatARegistryRefusesTheListForAnotherReason() throws IOException {
        Listing<Tag, Tag> tags =
                tags(request -> new Answer(400, "{\"errors\":[{\"code\":\"NAME_INVALID\",\"message\":\"bad\"}]}"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .matches(e -> e.code() == ErrorCode.NAME_INVALID)
                .withMessageContaining("bad");
        assertThat(targets()).hasSize(2);
    }

    @Test
    void detectsALinkToAnEarlierPage() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> {
            boolean one = request.target().endsWith("p=1");
            return page(one ? "\"1\"" : "\"2\"", "</v2/a/b/tags/list?p=" + (one ? 2 : 1) + ">; rel=\"next\"");
        });

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("the tags of a/b")
                .withMessageContaining("leads back");
        assertThat(targets()).hasSizeLessThan(10);
    }

    /** Every address is a new one, but what is there is not. */
    @Test
    void detectsALinkToAnEarlierPageUnderAnotherAddress() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> page(
                server.requests().size() % 2 == 0 ? "\"1\",\"2\"" : "\"3\"",
                "</v2/a/b/tags/list?token=" + server.requests().size() + ">; rel=\"next\""));
        List<Tag> seen = new ArrayList<>();

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> tags.forEach(seen::add))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("leads back");
        assertThat(seen).containsExactlyElementsOf(named("3", "1", "2"));
        assertThat(targets()).hasSize(3);
    }

    @Test
    void endsAnEndlessList() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> {
            int number = server.requests().size();
            String names = IntStream.range(0, 2000)
                    .mapToObj(i -> "\"" + number + "." + i + "\"")
                    .collect(Collectors.joining(","));
            return page(names, "</v2/a/b/tags/list?p=" + number + ">; rel=\"next\"");
        });

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("the tags of a/b")
                .withMessageContaining("still there are more");
        assertThat(targets()).hasSize(500);
    }

    /** Newest first, oldest first, or in the order of a hash: a page behind another one need not sort behind it. */
    @Test
    void losesNothingOfPagesInAnotherOrder() throws IOException {
        Listing<Tag, Tag> tags = tags(request -> {
            if (request.target().contains("p=2")) {
                return page("\"latest\",\"v1\"", "</v2/a/b/tags/list?p=3>; rel=\"next\"");
            }
            return request.target().contains("p=3")
                    ? page("\"beta\"")
                    : page("\"v3\",\"v2\"", "</v2/a/b/tags/list?p=2>; rel=\"next\"");
        });

        assertThat(tags.toList()).containsExactlyInAnyOrderElementsOf(named("v3", "v2", "latest", "v1", "beta"));
        assertThat(tags.after(Tag.parse("m")).toList())
                .as("those behind m, from a registry that does not know last")
                .containsExactlyInAnyOrderElementsOf(named("v3", "v2", "v1"));
    }

    @Test
    void listsNothingTwiceWherePagesOverlap() throws IOException {
        Listing<Tag, Tag> tags = tags(request ->
                request.target().contains("p=2") ? page("\"2\",\"3\"") : page("\"1\",\"2\"", "<?p=2>; rel=next"));

        assertThat(tags).containsExactlyElementsOf(named("1", "2", "3"));
    }

    @Test
    void endsAListOfEmptyPages() throws IOException {
        Listing<Tag, Tag> tags = tags(
                request -> page("", "</v2/a/b/tags/list?p=" + server.requests().size() + ">; rel=\"next\""));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("nothing on it");
        assertThat(targets()).hasSizeLessThan(200);
    }

    @Test
    void refusesAPageThatIsTooLarge() throws IOException {
        String tag = "\"" + "x".repeat(100) + "\"";
        String many = (tag + ",").repeat(400_000) + tag;
        Listing<Tag, Tag> tags = tags(request -> page(many));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(tags::toList)
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("bytes at once");
        assertThat(registry.connectionsInUse()).isZero();
    }

    @Test
    void sortsWhatComesWithoutOrder() throws IOException {
        assertThat(tags(request -> page("\"b\",\"a\",\"B\"")).toList()).isEqualTo(named("B", "a", "b"));
    }

    @Test
    void skipsInvalidNames() throws IOException {
        assertThat(tags(request -> page("\"a\",\"no tag\",\"\",\"b\"")).toList())
                .isEqualTo(named("a", "b"));
    }

    @Test
    void takesNothingForAnEmptyList() {
        Cases.of("{\"name\":\"a/b\",\"tags\":null}", "{\"name\":\"a/b\"}", "{\"name\":\"a/b\",\"tags\":[]}")
                .check(body -> {
                    assertThat(tags(request -> new Answer(200, body))).isEmpty();
                });
    }

    @Test
    void saysThatSomethingElseComes() {
        Cases.of("", "[]", "{\"tags\":\"1\"}", "{\"tags\":[1]}", "{", "null", "<html></html>")
                .check(body -> {
                    assertThatExceptionOfType(RegistryException.class)
                            .isThrownBy(tags(request -> new Answer(200, body))::toList)
                            .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                            .withMessageContaining(server.address());
                });
    }
}
