package dev.berth.registry.scan.signature;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.internal.content.ContentErrors;
import java.io.IOException;

/** Reads blobs that signatures consist of: within a limit, and with their digest. */
final class SmallBlobs {
    private SmallBlobs() {}

    /**
     * Reads a blob.
     *
     * @throws RefusedException if it is too large, absent, or damaged
     * @throws RegistryException if the registry fails, which says nothing about the signature
     */
    static byte[] read(Repository repository, Descriptor descriptor, int limit) {
        if (descriptor.size() > limit) {
            throw new RefusedException(
                    "it has " + descriptor.size() + " bytes, more than the " + limit + " that are read");
        }
        byte[] bytes;
        try (BlobContent content = repository.blobs().open(descriptor.digest())) {
            bytes = content.readAllBytes(limit);
        } catch (BlobDamagedException e) {
            throw new RefusedException("the blob " + descriptor.digest() + " is damaged");
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The blob " + descriptor.digest() + " of " + repository.name()
                            + ", which is part of a signature, cannot be read: try again",
                    e);
        } catch (RegistryException e) {
            if (ContentErrors.isOfContent(e)) {
                throw new RefusedException("the blob " + descriptor.digest() + " cannot be read: " + e.code());
            }
            throw e;
        }
        if (!Digest.compute(descriptor.digest().algorithm(), bytes).equals(descriptor.digest())) {
            throw new RefusedException("the blob " + descriptor.digest() + " has other content");
        }
        return bytes;
    }
}
