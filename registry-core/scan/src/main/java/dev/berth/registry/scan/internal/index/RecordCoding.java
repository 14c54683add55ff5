package dev.berth.registry.scan.internal.index;

import dev.berth.registry.scan.internal.osv.Affected;
import dev.berth.registry.scan.internal.osv.RangeEvent;
import dev.berth.registry.scan.internal.osv.Rating;
import dev.berth.registry.scan.internal.osv.VersionRange;
import dev.berth.registry.scan.report.Severity;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads the records of the index. */
final class RecordCoding {
    private static final long NO_TIME = Long.MIN_VALUE;

    private RecordCoding() {}

    static byte[] write(Details details) {
        return written(out -> {
            text(out, details.id());
            texts(out, details.aliases());
            texts(out, details.upstream());
            text(out, details.summary());
            rating(out, details.rating());
            texts(out, details.links());
        });
    }

    static byte[] write(Entry entry) {
        return written(out -> {
            out.writeLong(entry.details());
            text(out, entry.id());
            out.writeLong(entry.modified().map(Instant::getEpochSecond).orElse(NO_TIME));
            out.writeBoolean(entry.withdrawn());
            out.writeInt(entry.affected().size());
            for (Affected affected : entry.affected()) {
                text(out, affected.ecosystem());
                text(out, affected.name());
                rating(out, affected.rating());
                out.writeInt(affected.ranges().size());
                for (VersionRange range : affected.ranges()) {
                    out.writeInt(range.events().size());
                    for (RangeEvent event : range.events()) {
                        out.writeByte(event.kind().code());
                        text(out, event.version());
                    }
                }
                texts(out, affected.versions());
            }
        });
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void rating(DataOutputStream out, Rating rating) throws IOException {
        text(out, rating.severity().name());
        text(out, rating.vector().orElse(""));
    }

    static Details details(ByteBuffer record) throws DamagedIndexException {
        return read(record, in -> new Details(in.text(), in.texts(), in.texts(), in.text(), in.rating(), in.texts()));
    }

    static Entry entry(ByteBuffer record) throws DamagedIndexException {
        return read(record, in -> {
            long details = record.getLong();
            String id = in.text();
            long modified = record.getLong();
            return new Entry(
                    details,
                    id,
                    modified == NO_TIME ? Optional.empty() : Optional.of(Instant.ofEpochSecond(modified)),
                    record.get() != 0,
                    in.affected());
        });
    }

    private interface Decoding<T> {
        T from(Decoder in);
    }

    /** The checksum was right, so that what cannot be read was not written by this version. */
    private static <T> T read(ByteBuffer record, Decoding<T> decoding) throws DamagedIndexException {
        try {
            return decoding.from(new Decoder(record));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedIndexException(
                    "The index of advisories has a record that was not written by this version");
        }
    }

    private record Decoder(ByteBuffer in) {

        int count() {
            int count = in.getInt();
            if (count < 0 || count > in.remaining()) {
                throw new BufferUnderflowException();
            }
            return count;
        }

        String text() {
            byte[] bytes = new byte[count()];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        List<String> texts() {
            int count = count();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return texts;
        }

        Rating rating() {
            Severity severity = Severity.valueOf(text());
            return new Rating(severity, Optional.of(text()).filter(vector -> !vector.isEmpty()));
        }

        List<Affected> affected() {
            int count = count();
            List<Affected> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(new Affected(text(), text(), rating(), ranges(), texts()));
            }
            return all;
        }

        List<VersionRange> ranges() {
            int count = count();
            List<VersionRange> ranges = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int events = count();
                List<RangeEvent> range = new ArrayList<>();
                for (int j = 0; j < events; j++) {
                    RangeEvent.Kind kind = RangeEvent.Kind.ofCode(in.get());
                    range.add(new RangeEvent(kind, text()));
                }
                ranges.add(new VersionRange(range));
            }
            return ranges;
        }
    }
}
