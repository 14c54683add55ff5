package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What registries answer that are asked for referrers: which of it means that they have none to list, and which not. */
@Timeout(60)
final class ReferrersAnswerTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest SUBJECT = Digest.sha256(new byte[] {1});

    private static RemoteRegistry connect(String address) {
        return RemoteRegistry.at(
                address,
                RemoteOptions.builder()
                        .backoff(new Backoff(duration -> {}, () -> 0.5))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "400, application/json",
        "404, application/json",
        "404, text/plain",
        "404, text/html",
        "405, text/plain",
        "406, application/json",
        "501, text/plain",
        "200, text/html; charset=utf-8"
    })
    void keepsReferrersInTheTagWhereARegistryDoesNotUnderstand(int status, String type) throws IOException {
        try (ServedRegistry server = new ServedRegistry().filter((request, next) -> {
                    if (request.path().contains("/referrers/")) {
                        return RegistryResponse.builder(status)
                                .header("Content-Type", type)
                                .build();
                    }
                    RegistryResponse answer = next.handle(request);
                    return answer.withHeaders(
                            answer.headers().toBuilder().remove("OCI-Subject").build());
                });
                RemoteRegistry registry = connect(server.address())) {
            Repository repository = registry.repository(NAME);
            Manifest image = Content.image(repository, 1);
            repository.manifests().put(image);
            Manifest artifact = Content.artifact(repository, image, "note");
            repository.manifests().put(artifact);

            assertThat(repository.tags().list())
                    .containsExactly(Tag.parse("sha256-" + image.digest().hex()));
            assertThat(repository.manifests().referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactly(artifact.digest());
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    private static String index(String manifests) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":" + manifests + "}";
    }

    private static String entry(int number, String artifactType) {
        return "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"size\":3,\"digest\":\""
                + Digest.sha256(new byte[] {2, (byte) number}) + "\",\"artifactType\":\"" + artifactType + "\"}";
    }

    private static Answer list(String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = MediaTypes.OCI_INDEX;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return new Answer(200, body, all);
    }

    /** Programs in Go write an empty list as null. */
    @Test
    void takesAnEmptyListForOne() {
        Cases.of("[]", "null").check(manifests -> {
            try (ScriptedServer server = new ScriptedServer(request -> list(index(manifests)));
                    RemoteRegistry registry = connect(server.address())) {
                assertThat(registry.repository(NAME).manifests().referrers(SUBJECT))
                        .isEmpty();

                assertThat(server.requests()).hasSize(1);
            }
        });
    }

    @Test
    void saysThatSomethingElseComes() {
        Cases.of("", "[]", "{", "null", "{\"manifests\":{}}", "{\"manifests\":[{\"digest\":\"x\"}]}")
                .check(body -> {
                    try (ScriptedServer server = new ScriptedServer(request -> list(body));
                            RemoteRegistry registry = connect(server.address())) {
                        Listing<Descriptor, Digest> referrers =
                                registry.repository(NAME).manifests().referrers(SUBJECT);

                        assertThatExceptionOfType(RegistryException.class)
                                .isThrownBy(referrers::toList)
                                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                                .withMessageContaining(server.address())
                                .withMessageContaining(SUBJECT.toString());
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"401, UNAUTHORIZED", "403, DENIED", "500, UNKNOWN", "429, TOOMANYREQUESTS"})
    void doesNotTakeAFailureForNoReferrers(int status, ErrorCode code) throws IOException {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(status, ""));
                RemoteRegistry registry = connect(server.address())) {
            Listing<Descriptor, Digest> referrers =
                    registry.repository(NAME).manifests().referrers(SUBJECT);

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(referrers::toList)
                    .matches(e -> e.code() == code);
        }
    }

    @Test
    void filtersWhatTheRegistryDoesNot() throws IOException {
        String both = index("[" + entry(1, "a/x") + "," + entry(2, "a/y") + "]");
        try (ScriptedServer server = new ScriptedServer(request -> list(both));
                RemoteRegistry registry = connect(server.address())) {
            assertThat(registry.repository(NAME).manifests().referrers(SUBJECT, ReferrerFilter.ofArtifactType("a/x")))
                    .extracting(Descriptor::digest)
                    .containsExactly(Digest.sha256(new byte[] {2, 1}));
            assertThat(server.requests().get(0).target()).endsWith("?artifactType=a%2Fx");
        }
    }

    @Test
    void followsLinksFromPageToPage() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(request -> request.target().contains("page=2")
                                ? list(index("[" + entry(2, "a/x") + "]"))
                                : list(index("[" + entry(1, "a/x") + "]"), "Link", "<?page=2>; rel=\"next\""));
                RemoteRegistry registry = connect(server.address())) {
            assertThat(registry.repository(NAME).manifests().referrers(SUBJECT)).hasSize(2);
        }
    }

    @Test
    void saysThatAListLeadsBackOrToNothing() throws IOException {
        String one = index("[" + entry(1, "a/x") + "]");
        for (int status : new int[] {200, 404}) {
            try (ScriptedServer server = new ScriptedServer(request -> {
                        if (request.target().contains("page=") && status == 404) {
                            return new Answer(404, "");
                        }
                        return list(one, "Link", "<?page=" + System.nanoTime() + ">; rel=\"next\"");
                    });
                    RemoteRegistry registry = connect(server.address())) {
                Listing<Descriptor, Digest> referrers =
                        registry.repository(NAME).manifests().referrers(SUBJECT);

                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(referrers::toList)
                        .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                        .withMessageContaining(status == 404 ? "where its list goes on" : "leads back");
                assertThat(server.requests()).hasSize(2);
            }
        }
    }
}
