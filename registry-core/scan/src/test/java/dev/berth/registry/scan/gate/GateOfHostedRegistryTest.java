package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static dev.berth.registry.scan.gate.Refusals.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.scan.signature.Cosign;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate as a part of a registry, as the people who use it meet it. */
class GateOfHostedRegistryTest {
    @TempDir
    private Path directory;

    private static HostedRegistry hosted(GateRule rule) {
        return HostedRegistry.builder(MemoryObjectStore.create())
                .admission((inner, host) -> Gate.of(
                        inner,
                        GatePolicy.of(rule),
                        GateOptions.builder()
                                .facts(RepositoryFacts.of(host.engine()))
                                .build()))
                .build();
    }

    @Test
    void codeOfTheProcessAndClientsMeetTheSameGate() throws IOException {
        try (HostedRegistry hosted = hosted(GateWorld.signedRule());
                RegistryServer server =
                        hosted.server().listen("127.0.0.1", 0).build().start();
                RemoteRegistry client = RemoteRegistry.at(
                        "http://127.0.0.1:" + server.address().getPort(),
                        RemoteOptions.builder().retry(RetryPolicy.none()).build())) {
            Repository behind = hosted.engine().repository(GateWorld.REPOSITORY);
            Repository overHttp = client.repository(GateWorld.REPOSITORY);
            Repository here = hosted.registry("ada").repository(GateWorld.REPOSITORY);
            Descriptor image = GateWorld.pushImage(overHttp, "v1");

            assertDenied(overHttp, GateWorld.V1, "the rule 'production'");
            assertDenied(here, image.digest(), "the rule 'production'");

            GateWorld.sign(GateWorld.RELEASE, behind, image.digest());
            here.tags().put(GateWorld.V1, image.digest());

            assertHandedOut(overHttp, GateWorld.V1);
            assertHandedOut(here, image.digest());
        }
    }

    @Test
    void whoMayNotSeeARepositoryDoesNotLearnWhatIsWrongInIt() {
        GateWorld world = new GateWorld();
        world.image("v1");
        Registry gate = world.gate(GateWorld.signedRule());
        Registry view = Authorized.of(gate, Caller.named("eve"), (caller, action, repository) -> false);

        RegistryException refusal =
                failure(() -> view.repository(GateWorld.REPOSITORY).manifests().get(GateWorld.V1));
        RegistryException missing =
                failure(() -> view.repository("no/such").manifests().get(GateWorld.V1));

        assertThat(refusal.code()).isEqualTo(missing.code()).isEqualTo(ErrorCode.DENIED);
        assertThat(refusal)
                .hasMessageNotContaining("production")
                .hasMessageNotContaining("sha256")
                .hasMessageNotContaining("signed");
        assertThat(world.refused).isEmpty();
    }

    private GateRule.Builder ruleWithKeyOfCosign(Cosign cosign) throws IOException, InterruptedException {
        cosign.run("generate-key-pair");
        TrustedKey release = TrustedKey.parse("release", Files.readString(directory.resolve("cosign.pub")));
        return GateRule.named("production")
                .repositories("production/**")
                .signedBy(SignedBy.anyOf(release))
                .beforeTagging();
    }

    @Test
    void cosignSignsWhatHasNoTagYet() throws IOException, InterruptedException {
        Programs.require("cosign");
        Cosign cosign = new Cosign(directory);
        try (HostedRegistry hosted =
                        hosted(ruleWithKeyOfCosign(cosign).exceptUntagged().build());
                RegistryServer server =
                        hosted.server().listen("127.0.0.1", 0).build().start();
                RemoteRegistry client =
                        RemoteRegistry.at("http://127.0.0.1:" + server.address().getPort())) {
            Repository repository = client.repository("production/app");
            Descriptor image = GateWorld.pushImage(repository);
            assertThat(failure(() -> repository.tags().put(GateWorld.V1, image.digest()))
                            .code())
                    .isEqualTo(ErrorCode.DENIED);

            cosign.run(
                    "sign",
                    "--key",
                    "cosign.key",
                    "127.0.0.1:" + server.address().getPort() + "/production/app@" + image.digest());

            repository.tags().put(GateWorld.V1, image.digest());
            assertHandedOut(repository, GateWorld.V1);
            hosted.engine()
                    .repository("production/app")
                    .tags()
                    .delete(Tag.parse("sha256-" + image.digest().hex() + ".sig"));
            hosted.registry("ada").repository("production/app").tags().delete(Tag.parse("nothing"));
            assertDenied(repository, image.digest(), "must be signed by release");
        }
    }

    @Test
    void cosignSignsElsewhereAndCopiesWithTheSignature() throws IOException, InterruptedException {
        Programs.require("cosign");
        Cosign cosign = new Cosign(directory);
        try (HostedRegistry hosted = hosted(ruleWithKeyOfCosign(cosign).build());
                RegistryServer server =
                        hosted.server().listen("127.0.0.1", 0).build().start();
                RemoteRegistry client =
                        RemoteRegistry.at("http://127.0.0.1:" + server.address().getPort())) {
            String host = "127.0.0.1:" + server.address().getPort();
            Descriptor image = GateWorld.pushImage(client.repository("staging/app"), "v1");
            String from = host + "/staging/app@" + image.digest();
            cosign.run("sign", "--key", "cosign.key", "--sign-container-identity", host + "/production/app", from);

            cosign.run("copy", "--allow-http-registry", from, host + "/production/app:v1");

            assertHandedOut(client.repository("production/app"), GateWorld.V1);
            assertHandedOut(client.repository("production/app"), image.digest());
        }
    }

    @Test
    void skopeoShowsTheReason() throws IOException, InterruptedException {
        Programs.require("skopeo");
        try (HostedRegistry hosted = hosted(GateWorld.signedRule());
                RegistryServer server =
                        hosted.server().listen("127.0.0.1", 0).build().start()) {
            GateWorld.pushImage(hosted.engine().repository(GateWorld.REPOSITORY), "v1");

            String shown = new Programs(directory)
                    .run(List.of(
                            "sh",
                            "-c",
                            "! skopeo copy --src-tls-verify=false \"$1\" dir:copy",
                            "sh",
                            "docker://127.0.0.1:" + server.address().getPort() + "/team/app:v1"));

            assertThat(shown).contains("is not handed out, by the rule 'production'", "must be signed by release");
        }
    }
}
