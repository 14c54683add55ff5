package dev.berth.registry.console.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestUpkeep;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.event.EventType;
import dev.berth.registry.host.HostedRegistryBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tags and images are deleted on pages")
class DeletionPagesTest {
    private final TestUpkeep console;
    private final Manifest image;

    DeletionPagesTest() throws IOException {
        console = TestUpkeep.start();
        image = console.push("team/app", "layer".getBytes(StandardCharsets.UTF_8), "1.0", "latest");
    }

    @AfterEach
    void close() {
        console.close();
    }

    private boolean has(String tag) {
        return console.registry()
                .repository("team/app")
                .tags()
                .resolve(Tag.parse(tag))
                .isPresent();
    }

    @Test
    void whoMayDeleteFindsTheWayThere() throws Exception {
        String repository = console.get(TestUpkeep.MAINTAINER, "/repository/team/app")
                .body();
        assertThat(repository).contains("href=\"/delete/team/app?tag=1.0\"");
        String page = console.get(TestUpkeep.MAINTAINER, "/image/team/app?tag=1.0")
                .body();
        assertThat(page).contains("href=\"/delete/team/app?tag=1.0\"").contains("/delete/team/app?digest=sha256");
        for (String path : List.of("/repository/team/app", "/image/team/app?tag=1.0")) {
            HttpResponse<String> read = console.get(TestUpkeep.READER, path);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).doesNotContain("/delete/").doesNotContain("Delete");
        }
    }

    @Test
    void aTagIsDeletedAfterAQuestionThatSaysWhatGoes() throws Exception {
        HttpResponse<String> asked = console.get(TestUpkeep.MAINTAINER, "/delete/team/app?tag=1.0");
        assertThat(asked.body())
                .contains("1.0")
                .contains("The image stays")
                .contains("by its other tags")
                .contains("within 7 days");
        assertThat(has("1.0")).as("asking deletes nothing").isTrue();

        HttpResponse<String> done = console.post(TestUpkeep.MAINTAINER, "/delete/team/app", Map.of("tag", "1.0"));

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(has("1.0")).isFalse();
        assertThat(has("latest")).isTrue();
        String after = console.get(
                        TestUpkeep.MAINTAINER, done.headers().firstValue("Location").orElseThrow())
                .body();
        assertThat(after).contains("Deleted").contains("is not there any more");
        assertThat(console.get(TestUpkeep.MAINTAINER, "/repository/team/app").body())
                .doesNotContain(">1.0<")
                .contains(">latest<");
        assertThat(console.audited).anySatisfy(event -> {
            assertThat(event.caller()).isEqualTo(TestUpkeep.MAINTAINER);
            assertThat(event.target()).contains("delete the tag 1.0");
        });
        assertThat(console.events).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo(EventType.TAG_DELETED);
            assertThat(event.actor()).isEqualTo(TestUpkeep.MAINTAINER);
        });
    }

    @Test
    void anImageIsDeletedWithItsTags() throws Exception {
        String address = "/delete/team/app?digest=" + image.digest();
        assertThat(console.get(TestUpkeep.MAINTAINER, address).body())
                .contains("Its tags go with it")
                .contains("1.0, latest")
                .contains(image.digest().toString());

        HttpResponse<String> done = console.post(
                TestUpkeep.MAINTAINER,
                "/delete/team/app",
                Map.of("digest", image.digest().toString()));

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(console.get(
                                TestUpkeep.MAINTAINER,
                                done.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("is not there any more");
        assertThat(has("latest")).isFalse();
        assertThat(console.hosted.engine().trash().deleted(RepositoryName.parse("team/app")))
                .hasSize(1);
        assertThat(console.post(
                                TestUpkeep.MAINTAINER,
                                "/delete/team/app",
                                Map.of("digest", image.digest().toString()))
                        .statusCode())
                .as("once more")
                .isEqualTo(303);
    }

    @Test
    void nobodyElseDeletesAnything() throws Exception {
        for (String who : List.of(TestUpkeep.READER, TestUpkeep.NOBODY)) {
            assertThat(console.get(who, "/delete/team/app?tag=1.0").statusCode())
                    .isEqualTo(404);
        }
        assertThat(console.post(TestUpkeep.READER, "/delete/team/app", Map.of("tag", "1.0"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(console.postWithout(TestUpkeep.MAINTAINER, "/delete/team/app", Map.of("tag", "1.0"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(console.get(TestUpkeep.MAINTAINER, "/delete/other/app?tag=1.0")
                        .statusCode())
                .isEqualTo(404);
        assertThat(has("1.0")).isTrue();
    }

    @Test
    void whatIsNoQuestionIsNothing() throws Exception {
        for (String query :
                List.of("", "?tag=", "?digest=x", "?tag=1.0&digest=" + image.digest(), "?tag=%3Cb%3E", "?other=1")) {
            assertThat(console.get(TestUpkeep.MAINTAINER, "/delete/team/app" + query)
                            .statusCode())
                    .as(query)
                    .isEqualTo(404);
        }
        for (String text : HostileTexts.all()) {
            HttpResponse<String> response =
                    console.get(TestUpkeep.MAINTAINER, "/delete/team/app?tag=" + TestUpkeep.escaped(text));
            assertThat(response.statusCode()).as(text).isIn(400, 404);
        }
    }

    @Test
    void aRegistryWithoutDeletionSaysSo() throws Exception {
        try (TestUpkeep without = TestUpkeep.with(HostedRegistryBuilder::withoutDeletion)) {
            without.push("team/app", "layer".getBytes(StandardCharsets.UTF_8), "1.0");
            HttpResponse<String> refused = without.post(TestUpkeep.ROOT, "/delete/team/app", Map.of("tag", "1.0"));
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.body()).contains("role=\"alert\"").contains("Delete the tag");
        }
    }

    @Test
    void whatCannotBeRestoredIsSaidBefore() throws Exception {
        try (TestUpkeep atOnce = TestUpkeep.over(
                StorageOptions.builder().undelete(Duration.ZERO).build())) {
            atOnce.push("team/app", "layer".getBytes(StandardCharsets.UTF_8), "1.0");
            assertThat(atOnce.get(TestUpkeep.ROOT, "/delete/team/app?tag=1.0").body())
                    .contains("It cannot be restored.");
        }
    }
}
