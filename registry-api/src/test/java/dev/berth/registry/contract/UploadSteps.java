package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What the rules for uploads of a registry have in common. */
abstract class UploadSteps extends RegistryRules {
    UploadSteps(RegistryContract contract) {
        super(contract);
    }

    /** Returns new bytes for a piece that others may follow: as many, unless the registry wants larger ones. */
    static byte[] piece(BlobUpload upload, int size) {
        return freshBytes((int) Math.max(size, upload.minimumChunkLength()));
    }

    /** Appends bytes at the offset that the upload says it has. */
    static void append(BlobUpload upload, byte[] bytes) {
        long before = upload.offset();
        long after = upload.append(before, BlobSource.of(bytes));
        assertThat(after).isEqualTo(before + bytes.length);
        assertThat(upload.offset()).isEqualTo(after);
    }

    /**
     * Goes on where a failed append has ended, as a client does. An append that was cut off may for a moment still be
     * under way behind the interface.
     */
    static void appendRest(BlobUpload upload, byte[] whole) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            long offset = upload.offset();
            byte[] rest = Arrays.copyOfRange(whole, (int) offset, whole.length);
            if (rest.length == 0) {
                return;
            }
            try {
                upload.append(offset, BlobSource.of(rest));
                return;
            } catch (RegistryException e) {
                if (e.code() != ErrorCode.RANGE_INVALID || System.nanoTime() > giveUp) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    static byte[] concat(byte[]... pieces) {
        byte[] whole =
                new byte[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
        int end = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, whole, end, piece.length);
            end += piece.length;
        }
        return whole;
    }
}
