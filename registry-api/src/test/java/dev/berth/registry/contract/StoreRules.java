package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of {@link ObjectStoreContract}, with what all parts need. */
abstract class StoreRules {
    final ObjectStoreContract contract;

    StoreRules(ObjectStoreContract contract) {
        this.contract = contract;
    }

    final ObjectStore store() {
        return contract.store();
    }

    static ObjectKey key(String value) {
        return ObjectKey.of(value);
    }

    static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** Puts an object unconditionally. */
    final ObjectVersion put(ObjectKey key, byte[] content) throws IOException {
        Optional<ObjectVersion> version = store().put(key, content, PutCondition.always());
        assertThat(version).as("version of %s", key).isPresent();
        return version.get();
    }

    /** Reads a whole object, or returns empty if there is none. */
    final Optional<byte[]> read(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store().open(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            byte[] bytes = content.stream().readAllBytes();
            assertThat(content.stat().size())
                    .as("size of %s while it is read", key)
                    .isEqualTo(bytes.length);
            return Optional.of(bytes);
        }
    }

    /** Reads an object that must be there. */
    final byte[] readExisting(ObjectKey key) throws IOException {
        Optional<byte[]> bytes = read(key);
        assertThat(bytes).as("object %s", key).isPresent();
        return bytes.get();
    }

    /** Reads all pages of a listing, and checks on the way what holds for every page. */
    final List<String> listAll(ListRequest request) throws IOException {
        List<String> names = new ArrayList<>();
        ListRequest next = request;
        while (true) {
            ListPage page = store().list(next);
            assertThat(page.names()).as("page of %s", next).hasSizeLessThanOrEqualTo(next.limit());
            names.addAll(page.names());
            if (page.last()) {
                return names;
            }
            String last = names.get(names.size() - 1);
            assertThat(last)
                    .as("a page after %s must not end where the one before it ended", next.after())
                    .isNotEqualTo(next.after());
            next = next.after(last);
        }
    }

    /** Lists all keys below a prefix. */
    final List<String> tree(String prefix) throws IOException {
        return listAll(ListRequest.tree(KeyPrefix.of(prefix)));
    }

    /** Asserts that the whole store holds these keys and no others. */
    final void assertHoldsOnly(String... keys) throws IOException {
        assertThat(tree("")).containsExactlyInAnyOrder(keys);
    }
}
