/**
 * The container registry as a Java interface: what applications compile against (Maven: {@code dev.berth:registry-api}).
 *
 * <p>A {@link dev.berth.registry.Registry} holds {@linkplain dev.berth.registry.Repository repositories}. A repository
 * holds {@linkplain dev.berth.registry.Manifests manifests}, the {@linkplain dev.berth.registry.Tags tags} that name
 * some of them, and the {@linkplain dev.berth.registry.Blobs blobs} that manifests refer to. Whatever stands behind the
 * interface (memory, files, an object store, another registry over HTTP, a composition of several), the methods mean
 * the same, return the same and fail with the same {@link dev.berth.registry.RegistryException}.
 *
 * <pre>{@code
 * Repository app = registry.repository("team/app");
 * Manifest manifest = app.manifests().get(Tag.parse("1.0"));
 * try (BlobContent layer = app.blobs().open(digest, ByteRange.all())) {
 *     layer.transferTo(output);
 * }
 * }</pre>
 *
 * <p>The map of the package:
 *
 * <ul>
 *   <li>the interface: {@link dev.berth.registry.Registry}, {@link dev.berth.registry.Repository},
 *       {@link dev.berth.registry.Manifests}, {@link dev.berth.registry.Tags}, {@link dev.berth.registry.Blobs},
 *       {@link dev.berth.registry.BlobUpload}, {@link dev.berth.registry.BlobContent},
 *       {@link dev.berth.registry.Listing};
 *   <li>values, validated when made and printed as people write them: {@link dev.berth.registry.RepositoryName},
 *       {@link dev.berth.registry.Tag}, {@link dev.berth.registry.Digest}, {@link dev.berth.registry.Reference},
 *       {@link dev.berth.registry.Descriptor}, {@link dev.berth.registry.Platform},
 *       {@link dev.berth.registry.Manifest}, {@link dev.berth.registry.ImageLocation};
 *   <li>failure: {@link dev.berth.registry.RegistryException}, {@link dev.berth.registry.ErrorCode}.
 * </ul>
 *
 * <p>{@code parse} makes a value of its text, {@code of} of its parts. Options are immutable and made by builders.
 *
 * <p>All types are thread-safe unless they say otherwise. Missing things are an empty {@link java.util.Optional} from
 * {@code find} and {@code resolve}, and a {@code RegistryException} from {@code get} and {@code open}. Bad arguments
 * are an {@link java.lang.IllegalArgumentException}, a {@code null} a {@link java.lang.NullPointerException}.
 *
 * <p>References to "the specification" are to the OCI Distribution Specification 1.1 unless another one is named.
 */
@NullMarked
package dev.berth.registry;

import org.jspecify.annotations.NullMarked;
