package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class UploadOptionsTest {

    @Test
    void announceSha256ByDefault() {
        assertThat(UploadOptions.defaults().algorithm()).isEqualTo(DigestAlgorithm.SHA256);
        assertThat(UploadOptions.builder().build()).isEqualTo(UploadOptions.defaults());
    }

    @Test
    void announceTheAlgorithmThatIsNamed() {
        UploadOptions options = UploadOptions.of(DigestAlgorithm.SHA512);
        assertThat(options.algorithm()).isEqualTo(DigestAlgorithm.SHA512);
        assertThat(options)
                .isEqualTo(options.toBuilder().build())
                .hasSameHashCodeAs(options.toBuilder().build())
                .isNotEqualTo(UploadOptions.defaults());
        assertThat(options.toString()).contains("sha512");
    }

    @Test
    void takeNoNull() {
        assertThatNullPointerException().isThrownBy(() -> UploadOptions.of(null));
    }
}
