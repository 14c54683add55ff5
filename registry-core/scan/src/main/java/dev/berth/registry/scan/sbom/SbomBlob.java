package dev.berth.registry.scan.sbom;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.internal.content.ContentErrors;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.inventory.ImageInventory;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads an SBOM that is a blob, as a stream. */
final class SbomBlob {
    private final Repository repository;
    private final SbomLimits limits;

    SbomBlob(Repository repository, SbomLimits limits) {
        this.repository = repository;
        this.limits = limits;
    }

    /**
     * Reads an SBOM.
     *
     * @param image if it must be a statement of in-toto: what that has to be about
     * @throws MalformedDocumentException if it is none, exceeds a limit, is absent or damaged
     * @throws RegistryException if the registry fails, which says nothing about the SBOM
     */
    ImageInventory read(Descriptor blob, Optional<Digest> image) throws MalformedDocumentException {
        if (blob.size() > limits.bytes()) {
            throw new MalformedDocumentException(
                    "it has " + blob.size() + " bytes, more than the " + limits.bytes() + " that are read");
        }
        try (BlobContent content = repository.blobs().open(blob.digest())) {
            if (content.length() != blob.size()) {
                throw new MalformedDocumentException("the blob " + blob.digest() + " has another size");
            }
            MessageDigest hash = blob.digest().algorithm().newMessageDigest();
            InputStream stream = new DigestInputStream(content.stream(), hash);
            // All of it is read: a document that is read ends with its stream.
            ImageInventory inventory = SbomDocument.read(stream, limits, image);
            if (!Digest.finish(blob.digest().algorithm(), hash).equals(blob.digest())) {
                throw new MalformedDocumentException("the blob " + blob.digest() + " has other content");
            }
            return inventory;
        } catch (MalformedDocumentException e) {
            throw e;
        } catch (BlobDamagedException e) {
            throw new MalformedDocumentException("the blob " + blob.digest() + " is damaged");
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The blob " + blob.digest() + " of " + repository.name()
                            + ", which may be an SBOM, cannot be read: try again",
                    e);
        } catch (RegistryException e) {
            if (ContentErrors.isOfContent(e)) {
                throw new MalformedDocumentException("the blob " + blob.digest() + " cannot be read: " + e.code());
            }
            throw e;
        }
    }
}
