package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What all rules about uploads need. */
abstract class UploadRulesBase extends StoreRules {
    static final ObjectKey STAGING = key("staging/one");
    static final ObjectKey TARGET = key("uploaded/target");

    UploadRulesBase(ObjectStoreContract contract) {
        super(contract);
    }

    /** Another object for an upload that must be there, as another request or process has it. */
    final ObjectUpload resume(ObjectKey staging) throws IOException {
        return store().resumeUpload(staging).orElseThrow(() -> new AssertionError("No upload " + staging));
    }

    static byte[] kept(ObjectUpload upload) throws IOException {
        try (InputStream bytes = upload.open()) {
            return bytes.readAllBytes();
        }
    }

    /**
     * Asserts that an upload has ended, that its object knows, and that nothing of it is left but its object, if any.
     */
    final void assertEnded(ObjectUpload upload, ObjectKey staging) throws IOException {
        assertThat(store().resumeUpload(staging)).as("upload %s", staging).isEmpty();
        assertGone(upload);
        assertNothingStaged(staging);
    }

    static void assertGone(ObjectUpload upload) {
        assertThatExceptionOfType(UploadGoneException.class).isThrownBy(upload::size);
        assertThatExceptionOfType(UploadGoneException.class).isThrownBy(upload::open);
        assertThatExceptionOfType(UploadGoneException.class).isThrownBy(() -> upload.append(0, stream(new byte[1])));
        assertThatExceptionOfType(UploadGoneException.class).isThrownBy(() -> upload.commit(key("uploaded/again"), 0));
    }

    final void assertNothingStaged(ObjectKey staging) throws IOException {
        assertThat(tree(staging.value() + "/")).as("objects below %s", staging).isEmpty();
        assertThat(store().stat(staging)).isEmpty();
        String parent = staging.value().substring(0, staging.value().lastIndexOf('/') + 1);
        assertThat(listAll(ListRequest.level(KeyPrefix.of(parent)))).doesNotContain(staging.value() + "/");
    }

    /** Lists all keys but those below a prefix, where the store may keep what it needs for an upload. */
    final List<String> treeWithout(String prefix) throws IOException {
        return tree("").stream().filter(name -> !name.startsWith(prefix)).toList();
    }
}
