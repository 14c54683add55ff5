/**
 * The container registry as a Java interface, against which applications compile (Maven:
 * {@code dev.berth:registry-api}).
 *
 * <p>A {@link dev.berth.registry.Registry} holds {@linkplain dev.berth.registry.Repository repositories}. A repository
 * holds {@linkplain dev.berth.registry.Manifests manifests}, the {@linkplain dev.berth.registry.Tags tags} that point
 * to them, and the {@linkplain dev.berth.registry.Blobs blobs} to which manifests refer. All implementations (memory,
 * files, an object store, another registry over HTTP, a composition of several) have the same semantics, the same
 * results and the same {@link dev.berth.registry.RegistryException}.
 *
 * <pre>{@code
 * Repository app = registry.repository("team/app");
 * Manifest manifest = app.manifests().get(Tag.parse("1.0"));
 * try (BlobContent layer = app.blobs().open(digest, ByteRange.all())) {
 *     layer.transferTo(output);
 * }
 * }</pre>
 *
 * <p>The package contains:
 *
 * <ul>
 *   <li>the interface: {@link dev.berth.registry.Registry}, {@link dev.berth.registry.Repository},
 *       {@link dev.berth.registry.Manifests}, {@link dev.berth.registry.Tags}, {@link dev.berth.registry.Blobs},
 *       {@link dev.berth.registry.BlobUpload}, {@link dev.berth.registry.BlobContent},
 *       {@link dev.berth.registry.Listing};
 *   <li>values, which are validated when created: {@link dev.berth.registry.RepositoryName},
 *       {@link dev.berth.registry.Tag}, {@link dev.berth.registry.Digest}, {@link dev.berth.registry.Reference},
 *       {@link dev.berth.registry.Descriptor}, {@link dev.berth.registry.Platform},
 *       {@link dev.berth.registry.Manifest}, {@link dev.berth.registry.ImageLocation};
 *   <li>failures: {@link dev.berth.registry.RegistryException}, {@link dev.berth.registry.ErrorCode}.
 * </ul>
 *
 * <p>{@code parse} creates a value from text, {@code of} from its parts. Options are immutable and are created by
 * builders.
 *
 * <p>All types are thread-safe unless stated otherwise. For missing content, {@code find} and {@code resolve} return an
 * empty {@link java.util.Optional}, {@code get} and {@code open} throw a {@code RegistryException}. Invalid arguments
 * cause an {@link java.lang.IllegalArgumentException}, {@code null} causes a {@link java.lang.NullPointerException}.
 *
 * <p>References to "the specification" are to the OCI Distribution Specification 1.1 unless another one is named.
 */
@NullMarked
package dev.berth.registry;

import org.jspecify.annotations.NullMarked;
