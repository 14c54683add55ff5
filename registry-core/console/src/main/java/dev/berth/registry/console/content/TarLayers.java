package dev.berth.registry.console.content;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.image.files.FileEntry;
import dev.berth.registry.image.files.FileLimits;
import dev.berth.registry.image.files.LayerFormatException;
import dev.berth.registry.image.files.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reads layers with {@code registry-images}. No other class here uses it, so that the console works without it. */
final class TarLayers implements LayerFiles {
    /** Some gigabytes; a bomb of some kilobytes is at its end sooner. */
    private static final FileLimits LIMITS = FileLimits.builder()
            .maxEntries(200_000)
            .maxBytes(32L << 30)
            .maxPathBytes(4_096)
            .build();

    /** What is smaller when it is decompressed may be compressed as well as it likes. */
    private static final long MODEST_BYTES = 1L << 30;

    private static final long MOST_RATIO = 200;
    private static final long MOST_CHARACTERS = 24_000_000;
    private static final int HEAD_BYTES = 256 * 1024;
    private static final Duration MOST_TIME = Duration.ofMinutes(5);

    private final InstantSource clock;

    TarLayers(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public LayerIndex index(Repository repository, Descriptor layer) {
        LayerIndexBuilder index = new LayerIndexBuilder(MOST_CHARACTERS);
        Optional<String> problem = read(repository, layer, (entry, number, reader) -> {
            add(index, entry, number);
            if (!index.hasRoom()) {
                throw new ReadingStoppedException("Its paths have more than " + MOST_CHARACTERS + " characters");
            }
            return true;
        });
        return index.build(problem.orElse(""));
    }

    private static void add(LayerIndexBuilder index, FileEntry entry, long number) {
        if (entry.isOpaque()) {
            index.addOpaque(entry.parent());
        } else {
            Optional<String> removed = entry.removes();
            index.add(new LayerEntry(
                    removed.orElse(entry.path()),
                    removed.isPresent() ? LayerEntry.Kind.REMOVED : kind(entry.type()),
                    removed.isPresent() ? 0 : entry.size(),
                    entry.mode(),
                    entry.userId(),
                    entry.groupId(),
                    entry.modified(),
                    entry.linkTarget().orElse(""),
                    number));
        }
    }

    private static LayerEntry.Kind kind(FileEntry.Type type) {
        return switch (type) {
            case FILE -> LayerEntry.Kind.FILE;
            case DIRECTORY -> LayerEntry.Kind.DIRECTORY;
            case SYMLINK -> LayerEntry.Kind.SYMLINK;
            case HARD_LINK -> LayerEntry.Kind.HARD_LINK;
            case SPECIAL -> LayerEntry.Kind.SPECIAL;
        };
    }

    @Override
    public Optional<FileHead> head(Repository repository, Descriptor layer, long wanted) {
        FileHead[] found = new FileHead[1];
        var unused = read(repository, layer, (entry, number, reader) -> {
            if (number < wanted) {
                return true;
            }
            if (entry.type() == FileEntry.Type.FILE) {
                found[0] = new FileHead(reader.content().readNBytes(HEAD_BYTES), entry.size());
            }
            return false;
        });
        return Optional.ofNullable(found[0]);
    }

    @Override
    public void copy(Repository repository, Descriptor layer, long wanted, OutputStream out) throws IOException {
        boolean[] found = new boolean[1];
        Optional<String> problem = read(repository, layer, (entry, number, reader) -> {
            if (number < wanted) {
                return true;
            }
            if (entry.type() == FileEntry.Type.FILE) {
                found[0] = reader.content().transferTo(out) == entry.size();
            }
            return false;
        });
        if (!found[0]) {
            throw new IOException("The file cannot be read to its end: " + problem.orElse("the layer does not have it"));
        }
    }

    /** What is done with an entry. Returns whether the next one is wanted. */
    private interface Reading {
        boolean next(FileEntry entry, long number, LayerReader reader) throws IOException;
    }

    /** Returns what is wrong with the layer. */
    private Optional<String> read(Repository repository, Descriptor layer, Reading reading) {
        Instant end = clock.instant().plus(MOST_TIME);
        try (BlobContent content = repository.blobs().open(layer.digest())) {
            InputStream stream = new TimedStream(content.stream(), clock, end);
            Beginning beginning = Beginning.of(stream);
            Optional<String> unknown = beginning.unknownCompression();
            if (unknown.isPresent()) {
                return Optional.of("The layer is compressed with " + unknown.get() + ", which is not read here");
            }
            long number = 0;
            try (LayerReader reader = LayerReader.of(beginning.stream(), limits(content.descriptor().size()))) {
                for (Optional<FileEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    if (!reading.next(entry.get(), number++, reader)) {
                        break;
                    }
                }
            }
            return number == 0 && beginning.isNeither() ? Optional.of("It is not a tar archive") : Optional.empty();
        } catch (LayerFormatException | ReadingStoppedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The layer " + layer.digest() + " in " + repository.name() + " could not be read; try again later",
                    e);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.BLOB_UNKNOWN) {
                return Optional.of("The registry does not have the layer");
            }
            throw e;
        }
    }

    private static FileLimits limits(long compressed) {
        long most = Math.min(LIMITS.maxBytes(), Math.max(MODEST_BYTES, compressed * MOST_RATIO));
        return FileLimits.builder()
                .maxEntries(LIMITS.maxEntries())
                .maxBytes(most)
                .maxPathBytes(LIMITS.maxPathBytes())
                .build();
    }
}
