package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Which objects the bytes of an upload are in. */
final class Pieces {
    private static final int PAGE = 1000;

    private final Bucket bucket;
    private final String staging;

    Pieces(Bucket bucket, String staging) {
        this.bucket = bucket;
        this.staging = staging;
    }

    /**
     * Bytes of an object.
     *
     * @param offset where they begin in the object
     * @param whole whether they are all of it
     */
    record Piece(String name, long offset, long length, boolean whole) {
        Piece from(long skipped) {
            return new Piece(name, offset + skipped, length - skipped, false);
        }

        Piece first(long count) {
            return new Piece(name, offset, count, false);
        }
    }

    String segment(String name) {
        return staging + "/segments/" + name;
    }

    String chunk(String writer, long offset) {
        return chunksOf(writer) + String.format("%016x", offset);
    }

    private String chunksOf(String writer) {
        return staging + "/chunks/" + writer + "/";
    }

    /** Returns all pieces of an upload in their order. */
    List<Piece> all(UploadState state) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (UploadState.Segment segment : state.segments()) {
            pieces.add(new Piece(segment(segment.name()), 0, segment.used(), segment.used() == segment.bytes()));
        }
        pieces.addAll(chunks(state));
        return pieces;
    }

    /** Returns the small pieces of an upload in their order. */
    List<Piece> chunks(UploadState state) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        List<UploadState.Run> runs = state.runs();
        for (int i = 0; i < runs.size(); i++) {
            UploadState.Run run = runs.get(i);
            long end = i + 1 < runs.size() ? runs.get(i + 1).from() : state.size();
            if (run.count() == 1) {
                pieces.add(new Piece(chunk(run.writer(), run.from()), 0, end - run.from(), true));
            } else {
                list(run, end, pieces);
            }
        }
        return pieces;
    }

    /** Adds the chunks of a run, whose sizes are known from a listing only. */
    private void list(UploadState.Run run, long end, List<Piece> pieces) throws IOException {
        String prefix = chunksOf(run.writer());
        String after = null;
        long offset = run.from();
        while (offset < end) {
            ListObjectsV2Response page = bucket.list(prefix, after, false, PAGE);
            for (S3Object object : page.contents()) {
                String name = object.key().substring(bucket.key("").length());
                after = name;
                if (offset < end && name.equals(chunk(run.writer(), offset))) {
                    pieces.add(new Piece(name, 0, object.size(), true));
                    offset += object.size();
                }
            }
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                break;
            }
        }
        if (offset != end) {
            throw new IOException("The upload " + staging + " has lost the bytes from " + offset + " to " + end);
        }
    }

    /** Returns the pieces of a part of what these pieces make. */
    static List<Piece> slice(List<Piece> pieces, long from, long length) {
        List<Piece> slice = new ArrayList<>();
        long begin = 0;
        long to = from + length;
        for (Piece piece : pieces) {
            long end = begin + piece.length();
            if (end > from && begin < to) {
                Piece cut = piece;
                if (begin < from) {
                    cut = cut.from(from - begin);
                }
                if (end > to) {
                    cut = cut.first(cut.length() - (end - to));
                }
                slice.add(cut);
            }
            begin = end;
        }
        return slice;
    }

    /** Opens pieces as one stream, which fails if one of them has been deleted. */
    InputStream open(List<Piece> pieces) {
        return new PieceStream(pieces.iterator(), piece -> open(piece));
    }

    private InputStream open(Piece piece) throws IOException {
        Optional<Bucket.Opened> opened = piece.whole()
                ? bucket.get(piece.name())
                : bucket.get(piece.name(), "bytes=" + piece.offset() + "-" + (piece.offset() + piece.length() - 1))
                        .opened();
        Bucket.Opened answer = opened.orElseThrow(() -> UploadStates.gone(staging));
        return S3Content.of(
                piece.name(), Bucket.stat(piece.name(), answer.head(), piece.length()), answer.body(), piece.length())
                .stream();
    }

    /** Reads pieces into memory. */
    byte[] read(List<Piece> pieces) throws IOException {
        try (InputStream stream = open(pieces)) {
            return stream.readAllBytes();
        }
    }
}
