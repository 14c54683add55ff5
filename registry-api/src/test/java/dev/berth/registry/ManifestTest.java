package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final byte[] BYTES = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void knowsItsDigestAndSize() {
        Manifest manifest = Manifest.of(MediaTypes.OCI_MANIFEST, BYTES);
        assertThat(manifest.digest()).isEqualTo(Digest.sha256(BYTES));
        assertThat(manifest.size()).isEqualTo(2);
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.descriptor()).isEqualTo(Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(BYTES), 2));
        assertThat(Manifest.of(MediaTypes.OCI_MANIFEST, BYTES, DigestAlgorithm.SHA512)
                        .digest())
                .isEqualTo(Digest.compute(DigestAlgorithm.SHA512, BYTES));
    }

    @Test
    void isNotChangedFromOutside() throws IOException {
        byte[] bytes = BYTES.clone();
        Manifest manifest = Manifest.of(MediaTypes.OCI_MANIFEST, bytes);
        bytes[0] = 'x';
        manifest.bytes()[0] = 'y';
        assertThat(manifest.bytes()).isEqualTo(BYTES);
        assertThat(manifest.stream().readAllBytes()).isEqualTo(BYTES);
    }

    @Test
    void isVerified() {
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, BYTES);
        assertThat(Manifest.verified(MediaTypes.OCI_INDEX, BYTES, sha512).digest())
                .isEqualTo(sha512);
        Digest other = Digest.sha256(new byte[] {1});
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> Manifest.verified(MediaTypes.OCI_INDEX, BYTES, other))
                .withMessageContaining(other.toString())
                .withMessageContaining(Digest.sha256(BYTES).toString())
                .returns(ErrorCode.DIGEST_INVALID, RegistryException::code);
    }

    @Test
    void isEqualByMediaTypeAndDigest() {
        Manifest manifest = Manifest.of(MediaTypes.OCI_MANIFEST, BYTES);
        assertThat(manifest)
                .isEqualTo(Manifest.of(MediaTypes.OCI_MANIFEST, BYTES))
                .hasSameHashCodeAs(Manifest.of(MediaTypes.OCI_MANIFEST, BYTES))
                .isNotEqualTo(Manifest.of(MediaTypes.OCI_INDEX, BYTES))
                .isNotEqualTo(Manifest.of(MediaTypes.OCI_MANIFEST, new byte[] {1}))
                .isNotEqualTo(null);
        assertThat(manifest.toString())
                .contains(MediaTypes.OCI_MANIFEST, manifest.digest().toString());
    }

    @Test
    void needsAMediaType() {
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.of("", BYTES));
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.of(" ", BYTES));
    }
}
