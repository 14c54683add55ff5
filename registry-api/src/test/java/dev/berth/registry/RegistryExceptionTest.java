package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryExceptionTest {

    @Test
    void hasACodeAndAMessage() {
        RegistryException e = RegistryException.of(ErrorCode.BLOB_UNKNOWN, "app has no blob sha256:12");
        assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN);
        assertThat(e).hasMessage("BLOB_UNKNOWN: app has no blob sha256:12").hasNoCause();
        assertThat(e.errors()).containsExactly(RegistryError.of(ErrorCode.BLOB_UNKNOWN, "app has no blob sha256:12"));
        assertThat(e.retryAfter()).isEmpty();
        assertThat(e.challenges()).isEmpty();
        assertThat(e.uploadOffset()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void saysWhetherContentOrRepositoryIsMissing(ErrorCode code) {
        boolean missing = Set.of(ErrorCode.BLOB_UNKNOWN, ErrorCode.MANIFEST_UNKNOWN, ErrorCode.NAME_UNKNOWN)
                .contains(code);
        assertThat(RegistryException.of(code, "no").isMissing()).isEqualTo(missing);
    }

    @Test
    void hasACause() {
        IOException cause = new IOException("disk");
        assertThat(RegistryException.of(ErrorCode.UNAVAILABLE, "The storage failed", cause))
                .hasCause(cause);
    }

    @Test
    void carriesWhatTheCallerNeeds() {
        RegistryException e = RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, "Who are you?"))
                .retryAfter(Duration.ofSeconds(7))
                .challenges(List.of("Basic realm=\"x\""))
                .uploadOffset(0)
                .build();
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e.challenges()).containsExactly("Basic realm=\"x\"");
        assertThat(e.uploadOffset()).hasValue(0);
    }

    @Test
    void tellsWhatAPushStoredBeforeItFailed() {
        Descriptor manifest = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[0]), 0);
        PutResult stored = new PutResult(manifest, List.of(new Tag("1.0")), Optional.empty());
        RegistryException cause = RegistryException.builder(
                        RegistryError.of(ErrorCode.UNAVAILABLE, "Could not set 1.1"))
                .retryAfter(Duration.ofSeconds(7))
                .build();

        RegistryException e = cause.afterStoring(stored);

        assertThat(cause.stored()).isEmpty();
        assertThat(e.stored()).contains(stored);
        assertThat(e).hasCause(cause).hasMessage("UNAVAILABLE: Could not set 1.1; these tags were set before: [1.0]");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e.afterStoring(stored)).hasMessage(e.getMessage());
        assertThat(cause.afterStoring(new PutResult(manifest, List.of(), Optional.empty())))
                .hasMessage(cause.getMessage());
    }

    @Test
    void mayHaveSeveralErrors() {
        List<RegistryError> errors = List.of(
                RegistryError.of(ErrorCode.MANIFEST_BLOB_UNKNOWN, "one"),
                new RegistryError(ErrorCode.MANIFEST_BLOB_UNKNOWN, "two", Map.of("digest", "sha256:12")));
        RegistryException e = RegistryException.builder(errors).build();
        assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(e).hasMessage("MANIFEST_BLOB_UNKNOWN: one; MANIFEST_BLOB_UNKNOWN: two");
        assertThat(e.errors()).isEqualTo(errors);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> e.errors().clear());
        assertThatIllegalArgumentException().isThrownBy(() -> RegistryException.builder(List.of()));
    }

    @Test
    void errorsKeepTheirOwnCopyOfTheDetail() {
        Map<String, String> detail = new HashMap<>(Map.of("tag", "1.0"));
        RegistryError error = new RegistryError(ErrorCode.MANIFEST_UNKNOWN, "unknown", detail);
        detail.clear();
        assertThat(error.detail()).containsExactly(Map.entry("tag", "1.0"));
    }

    @Test
    void survivesSerialization() throws IOException, ClassNotFoundException {
        RegistryException before = RegistryException.builder(
                        new RegistryError(ErrorCode.TOOMANYREQUESTS, "Slow down", Map.of("limit", "10")))
                .retryAfter(Duration.ofSeconds(1))
                .challenges(List.of("Bearer"))
                .uploadOffset(5)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(before);
        }
        RegistryException after;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            after = (RegistryException) in.readObject();
        }
        assertThat(after.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
        assertThat(after.errors()).isEqualTo(before.errors());
        assertThat(after).hasMessage(before.getMessage());
        assertThat(after.retryAfter()).isEqualTo(before.retryAfter());
        assertThat(after.challenges()).isEqualTo(before.challenges());
        assertThat(after.uploadOffset()).isEqualTo(before.uploadOffset());
    }
}
