package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.client.fixtures.TestAuthority;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own registry behind TLS, with an authority of one's own, and one that wants a certificate from its clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerRegistryTlsTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    private Path authorityFile;
    private TestAuthority.Identity client;
    private DockerRegistry docker;
    private DockerRegistry strict;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        TestAuthority.Identity server = authority.issue(directory, "127.0.0.1");
        authorityFile = authority.certificateFile(directory);
        client = authority.issue(directory, "bob");
        docker = DockerRegistry.start(
                directory,
                "REGISTRY_HTTP_TLS_CERTIFICATE=" + server.certificateFile(),
                "REGISTRY_HTTP_TLS_KEY=" + server.keyFile());
        strict = DockerRegistry.start(
                directory,
                "REGISTRY_HTTP_TLS_CERTIFICATE=" + server.certificateFile(),
                "REGISTRY_HTTP_TLS_KEY=" + server.keyFile(),
                "REGISTRY_HTTP_TLS_CLIENTCAS=[" + authorityFile + "]");
    }

    @AfterAll
    void stop() {
        if (docker != null) {
            docker.close();
        }
        if (strict != null) {
            strict.close();
        }
    }

    @Test
    void trustsAPrivateAuthority() throws Exception {
        RemoteOptions options =
                RemoteOptions.builder().trust(docker.address(), authorityFile).build();
        try (RemoteRegistry registry = RemoteRegistry.at(docker.address(), options)) {
            Repository repository = registry.repository(NAME);
            byte[] bytes = Content.bytes(1, 3_000_000);
            Digest digest = Content.blob(repository, bytes).digest();
            try (BlobContent content = repository.blobs().open(digest)) {
                assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
            }
            assertThat(registry).hasToString("https://" + docker.address());
        }
    }

    @Test
    void saysWhichCertificateDoesNotVerifyAndHowToAllowIt() {
        try (RemoteRegistry registry = RemoteRegistry.at("https://" + docker.address())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME).tags().list().toList())
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                    .withMessageContaining(docker.address())
                    .withMessageContaining("CN=127.0.0.1")
                    .withMessageContaining("CN=Example authority")
                    .withMessageContaining("trust the authority");
        }
    }

    @Test
    void authenticatesWithAClientCertificate() throws Exception {
        RemoteOptions options = RemoteOptions.builder()
                .trust(strict.address(), authorityFile)
                .clientCertificate(strict.address(), client.certificateFile(), client.keyFile())
                .build();
        try (RemoteRegistry registry = RemoteRegistry.at(strict.address(), options)) {
            Content.blob(registry.repository(NAME), Content.bytes(2, 100_000));
        }
    }

    @Test
    void saysThatAClientCertificateMayBeMissing() throws Exception {
        RemoteOptions options =
                RemoteOptions.builder().trust(strict.address(), authorityFile).build();
        try (RemoteRegistry registry = RemoteRegistry.at(strict.address(), options)) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME).tags().list().toList())
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                    .withMessageContaining("client certificate");
        }
    }

    /** A registry that is spoken to by plain HTTP although it wants TLS answers with a sentence, not with a registry's error. */
    @Test
    void saysThatTheRegistryWantsTls() {
        try (RemoteRegistry registry = RemoteRegistry.at("http://" + docker.address())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(NAME).tags().list().toList())
                    .withMessageContaining("http://" + docker.address())
                    .withMessageContaining("write https:// in front");
        }
    }
}
