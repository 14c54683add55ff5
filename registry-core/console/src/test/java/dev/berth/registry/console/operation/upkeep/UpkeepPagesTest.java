package dev.berth.registry.console.operation.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestUpkeep;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.maintenance.CollectionRun;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The pages of the upkeep of a registry")
class UpkeepPagesTest {
    static final List<String> PAGES = List.of(
            "/operations/",
            "/operations/storage",
            "/operations/collection",
            "/operations/scrub",
            "/operations/trash",
            "/operations/trash?repository=team/app",
            "/operations/audit");

    private final TestUpkeep console;

    UpkeepPagesTest() throws IOException {
        console = TestUpkeep.start();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) size;
        return bytes;
    }

    private Manifest deleteImage(String... tags) {
        Manifest image = console.push("team/app", bytes(1_000), tags);
        console.registry().repository("team/app").manifests().delete(image.digest());
        return image;
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = console.get(TestUpkeep.ROOT, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void administratorsSeeThemAndForOthersThereIsNothing() throws Exception {
        deleteImage("1.0");
        String nothing = console.get(TestUpkeep.READER, "/operations/nothing").body();
        for (String path : PAGES) {
            assertThat(page(path)).contains("Operations");
            for (String who : List.of(TestUpkeep.MAINTAINER, TestUpkeep.READER)) {
                HttpResponse<String> response = console.get(who, path);
                assertThat(response.statusCode()).as("%s for %s", path, who).isEqualTo(404);
                assertThat(response.body()).doesNotContain("/operations/").contains("Not found");
            }
            assertThat(console.get(TestUpkeep.NOBODY, path).statusCode()).isEqualTo(404);
        }
        assertThat(nothing).contains("Not found");
        assertThat(console.get(TestUpkeep.ROOT, "/operations/nothing").statusCode())
                .isEqualTo(404);
        assertThat(page("/")).contains("href=\"/operations/\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operations/collection",
                "/operations/scrub",
                "/operations/trash/restore",
                "/operations/trash/purge"
            })
    void nobodyElseChangesAnythingThere(String path) throws Exception {
        Manifest image = deleteImage("1.0");
        Map<String, String> fields =
                Map.of("repository", "team/app", "digest", image.digest().toString());
        for (String who : List.of(TestUpkeep.MAINTAINER, TestUpkeep.READER)) {
            assertThat(console.post(who, path, fields).statusCode()).as(who).isEqualTo(404);
        }
        assertThat(console.postWithout(TestUpkeep.ROOT, path, fields).statusCode())
                .as("a form of another site")
                .isEqualTo(403);
        assertThat(console.registry().repository("team/app").manifests().find(image.digest()))
                .isEmpty();
        assertThat(console.hosted.engine().trash().deleted(RepositoryName.parse("team/app")))
                .hasSize(1);
    }

    @Test
    void theOverviewTellsHowTheRegistryIs() throws Exception {
        console.push("team/app", bytes(100_000), "1.0");
        console.hosted
                .maintenance()
                .collections()
                .record(CollectionRun.failed(Instant.now(), Instant.now(), "the storage failed"));
        console.hosted.start();
        await(() -> console.hosted.quotas().orElseThrow().total().orElseThrow().repositories() == 1);

        assertThat(page("/operations/"))
                .contains("1 repository")
                .contains("failed")
                .contains("No round has ended yet")
                .contains("restored for 7 days")
                .contains("kept");
    }

    @Test
    void thePictureOfTheStorageAndItsTableSayTheSame() throws Exception {
        console.push("team/large", bytes(300_000), "1");
        console.push("team/small", bytes(100_000), "1");
        console.hosted.start();
        await(() -> console.hosted.quotas().orElseThrow().total().orElseThrow().repositories() == 2);

        String page = page("/operations/storage");
        assertThat(page).contains("<svg class=\"treemap\"").containsPattern("<title>team/large: 30[0-9].kB</title>");
        assertThat(page.indexOf("team/large")).isLessThan(page.indexOf("team/small"));
        assertThat(page.split("<rect class=\"part-", -1)).hasSize(3);
        assertThat(page).containsPattern(">30[0-9].kB<").containsPattern(">7[45]\\.[0-9] %<");
        assertThat(page).contains("counts for each of them");
    }

    @Test
    void aDryRunIsBegunWithAFormAndItsOutcomeShown() throws Exception {
        deleteImage("1.0");
        console.hosted.engine().trash().purge(RepositoryName.parse("team/app"));

        HttpResponse<String> begun =
                console.post(TestUpkeep.ROOT, "/operations/collection", Map.of("scope", "everything"));
        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(begun.headers().firstValue("Location")).contains("/operations/collection");
        await(() -> console.hosted.maintenance().dryRun().last().isPresent());

        assertThat(page("/operations/collection"))
                .contains("Would be removed after the time that it is kept")
                .contains("condemned");
        HttpResponse<String> wrong = console.post(TestUpkeep.ROOT, "/operations/collection", Map.of("scope", "<b>"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("The scope is changed or everything");
    }

    @Test
    void aScrubIsBegunAndWhatItFindsIsShown() throws Exception {
        console.push("team/app", "layer".getBytes(StandardCharsets.UTF_8), "1.0");
        String hex = Digest.sha256("layer".getBytes(StandardCharsets.UTF_8)).hex();
        console.store.put(
                ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data"),
                "lay3r".getBytes(StandardCharsets.UTF_8),
                PutCondition.always());

        assertThat(console.post(TestUpkeep.ROOT, "/operations/scrub", Map.of()).statusCode())
                .isEqualTo(303);
        await(() -> console.hosted.maintenance().lastScrub().isPresent());

        assertThat(page("/operations/scrub"))
                .contains("damaged data")
                .contains("href=\"/repository/team/app\"")
                .contains("Moved aside")
                .contains("sha256:" + hex);
        assertThat(page("/operations/")).contains("problem");
    }

    @Test
    void anImageIsRestoredWithAFormAndANoteSaysSo() throws Exception {
        Manifest image = deleteImage("1.0", "latest");
        assertThat(page("/operations/trash")).contains("/operations/trash?repository=team%2Fapp");
        assertThat(page("/operations/trash?repository=team/app"))
                .contains("1.0")
                .contains("latest")
                .contains("Restore the image");

        HttpResponse<String> restored = console.post(
                TestUpkeep.ROOT,
                "/operations/trash/restore",
                Map.of("repository", "team/app", "digest", image.digest().toString()));

        assertThat(restored.statusCode()).isEqualTo(303);
        String back = restored.headers().firstValue("Location").orElseThrow();
        assertThat(page(back)).contains("there again: 3").contains("Nothing that was deleted");
        assertThat(console.registry().repository("team/app").tags().resolve(Tag.parse("1.0")))
                .isPresent();
        assertThat(page("/repository/team/app")).as("the lists know of it").contains("latest");
        assertThat(console.audited).anySatisfy(event -> {
            assertThat(event.caller()).isEqualTo(TestUpkeep.ROOT);
            assertThat(event.target()).contains("restore the manifest");
        });
    }

    @Test
    void aTagOrEverythingOfATimeIsRestored() throws Exception {
        console.push("team/app", bytes(500), "1.0", "2.0");
        console.registry().repository("team/app").tags().delete(Tag.parse("1.0"));
        assertThat(page("/operations/trash?repository=team/app")).contains("Restore the tag 1.0");
        assertThat(console.post(
                                TestUpkeep.ROOT,
                                "/operations/trash/restore",
                                Map.of("repository", "team/app", "tag", "1.0"))
                        .statusCode())
                .isEqualTo(303);
        console.registry().repository("team/app").tags().delete(Tag.parse("2.0"));
        assertThat(console.post(
                                TestUpkeep.ROOT,
                                "/operations/trash/restore",
                                Map.of("repository", "team/app", "hours", "1"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(console.registry().repository("team/app").tags().list().toList())
                .containsExactly(Tag.parse("1.0"), Tag.parse("2.0"));
    }

    @Test
    void whatCannotBeRestoredIsTold() throws Exception {
        HttpResponse<String> unknown = console.post(
                TestUpkeep.ROOT, "/operations/trash/restore", Map.of("repository", "team/app", "tag", "never"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("Not restored").contains("team/app:never");

        Manifest image = deleteImage("1.0");
        console.push("team/app", bytes(77), "1.0");
        HttpResponse<String> some = console.post(
                TestUpkeep.ROOT,
                "/operations/trash/restore",
                Map.of("repository", "team/app", "digest", image.digest().toString()));
        assertThat(some.statusCode()).isEqualTo(200);
        assertThat(some.body()).contains("Not all is restored").contains("team/app:1.0");
        for (Map<String, String> wrong : List.of(
                Map.of("repository", "team/app"), Map.of("repository", "<b>", "tag", "x"), Map.<String, String>of())) {
            assertThat(console.post(TestUpkeep.ROOT, "/operations/trash/restore", wrong)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void removingForGoodAsksFirst() throws Exception {
        Manifest image = deleteImage("1.0");
        String address = "/operations/trash/purge?repository=team/app&digest=" + image.digest();
        assertThat(page(address)).contains("for good?").contains(image.digest().toString());
        assertThat(console.hosted.engine().trash().deleted(RepositoryName.parse("team/app")))
                .as("asking removes nothing")
                .hasSize(1);
        assertThat(console.post(
                                TestUpkeep.ROOT,
                                "/operations/trash/purge",
                                Map.of(
                                        "repository",
                                        "team/app",
                                        "digest",
                                        image.digest().toString()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(console.hosted.engine().trash().deleted(RepositoryName.parse("team/app")))
                .isEmpty();
        assertThat(console.get(TestUpkeep.ROOT, "/operations/trash/purge?repository=%3Cb%3E")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theAuditIsFilteredAndPaged() throws Exception {
        for (int i = 0; i < 150; i++) {
            console.audit.on(new AuditEvent(
                    Instant.now(),
                    i % 50 == 0 ? AuditEvent.Type.POLICY : AuditEvent.Type.CHANGE,
                    AuditOrigin.ofCaller("somebody"),
                    "team/app",
                    "target-" + i + ".",
                    AuditEvent.Outcome.DONE,
                    ""));
        }
        String first = page("/operations/audit?caller=somebody");
        assertThat(first).contains("target-149.").doesNotContain("target-0.").contains("Next page");
        int at = first.indexOf("/operations/audit?caller=somebody&amp;after=");
        String next = first.substring(at, first.indexOf('"', at)).replace("&amp;", "&");
        assertThat(page(next)).contains("target-0.").contains("First page").doesNotContain("target-149.");
        assertThat(page("/operations/audit?caller=somebody&type=POLICY&repository=team/app"))
                .contains("target-100.", "target-50.", "target-0.")
                .doesNotContain("target-149.");
        assertThat(page("/operations/audit?caller=nobody-at-all")).contains("No event of this kind is kept");
        for (String wrong : List.of("?type=%3Cb%3E", "?after=x")) {
            assertThat(console.get(TestUpkeep.ROOT, "/operations/audit" + wrong).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        for (String text : HostileTexts.all()) {
            console.audit.on(new AuditEvent(
                    Instant.now(),
                    AuditEvent.Type.LOGIN_REFUSED,
                    new AuditOrigin(text, Optional.empty(), text, text),
                    text,
                    text,
                    AuditEvent.Outcome.REFUSED,
                    text));
        }
        console.hosted
                .maintenance()
                .collections()
                .record(CollectionRun.failed(Instant.now(), Instant.now(), String.join(" ", HostileTexts.all())));
        String audit = page("/operations/audit");
        String collection = page("/operations/collection");
        for (String page : List.of(audit, collection, page("/operations/"))) {
            assertThat(page).doesNotContainIgnoringCase("<script>").doesNotContain("<img", "<svg onload", "<iframe");
            assertThat(page).doesNotContain("\u001b", "\u0000", "\u202e");
        }
        assertThat(audit).contains("&lt;script&gt;");
        for (String text : HostileTexts.all()) {
            String filter = "?caller=" + TestUpkeep.escaped(text) + "&repository=" + TestUpkeep.escaped(text);
            HttpResponse<String> response = console.get(TestUpkeep.ROOT, "/operations/audit" + filter);
            assertThat(response.statusCode()).as(text).isIn(200, 400, 404);
            assertThat(response.body()).doesNotContainIgnoringCase("<script>").doesNotContain("<img", "<iframe");
        }
    }

    @Test
    void aRegistryWithoutItSaysSo() throws Exception {
        try (TestUpkeep plain = TestUpkeep.with(HostedRegistryBuilder::withoutDeletion)) {
            assertThat(plain.get(TestUpkeep.ROOT, "/operations/storage").body()).contains("does not count");
            assertThat(plain.get(TestUpkeep.ROOT, "/operations/collection").body())
                    .contains("off in this process");
            assertThat(plain.get(TestUpkeep.ROOT, "/operations/scrub").body()).doesNotContain("Look for damage now");
            HttpResponse<String> refused = plain.post(TestUpkeep.ROOT, "/operations/scrub", Map.of());
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.body()).contains("does not look for damage");
        }
    }
}
