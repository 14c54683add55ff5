package dev.berth.registry.image;

import dev.berth.registry.image.deflate.DeflatedBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.CRC32;

/**
 * Compresses a stream with gzip (RFC 1952) into bytes that depend on the input and the level only. The blocks of a fixed
 * size are compressed in parallel; the reading thread takes part, so that the executor may be busy or refuse.
 */
final class GzipStream extends PulledStream {
    private static final int BLOCK_BYTES = STEP_BYTES;
    /** No name, no time, operating system unknown: nothing of the machine. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /** An empty last block in DEFLATE. */
    private static final byte[] LAST_BLOCK = {3, 0};

    private static final int BLOCKS_PER_PROCESSOR = 4;
    private static final int MOST_BLOCKS = 64;

    private final InputStream raw;
    private final int level;
    private final Executor executor;
    private final int window;
    private final Deque<FutureTask<byte[]>> blocks = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private byte[] before = {};
    private long size;
    private boolean begun;
    private boolean rawEnded;
    private boolean ended;

    GzipStream(InputStream raw, int level, Executor executor) {
        this.raw = raw;
        this.level = level;
        this.executor = executor;
        this.window = Math.min(
                MOST_BLOCKS, BLOCKS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    }

    @Override
    protected boolean step() throws IOException {
        if (!begun) {
            begun = true;
            sink().write(HEADER);
        }
        while (!rawEnded && blocks.size() < window) {
            readBlock();
        }
        if (!blocks.isEmpty()) {
            sink().write(take());
            return true;
        }
        if (!ended) {
            ended = true;
            sink().write(LAST_BLOCK);
            writeLittleEndian(crc.getValue());
            writeLittleEndian(size);
            return true;
        }
        return false;
    }

    private void readBlock() throws IOException {
        byte[] block = raw.readNBytes(BLOCK_BYTES);
        rawEnded = block.length < BLOCK_BYTES;
        if (block.length == 0) {
            return;
        }
        crc.update(block);
        size += block.length;
        byte[] dictionary = before;
        FutureTask<byte[]> task = new FutureTask<>(() -> DeflatedBlock.compress(level, dictionary, block));
        before = Arrays.copyOfRange(block, Math.max(0, block.length - DeflatedBlock.WINDOW_BYTES), block.length);
        blocks.add(task);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            // Then this thread does it, in take().
        }
    }

    /** Returns the next block; until that is ready, compresses what no other thread has begun with. */
    private byte[] take() throws IOException {
        FutureTask<byte[]> next = blocks.getFirst();
        for (FutureTask<byte[]> task : blocks) {
            if (next.isDone()) {
                break;
            }
            task.run();
        }
        try {
            byte[] compressed = next.get();
            blocks.removeFirst();
            return compressed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while compressing");
        } catch (ExecutionException e) {
            throw new IOException("Compressing failed", e.getCause());
        }
    }

    private void writeLittleEndian(long value) throws IOException {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            sink().write((int) (value >>> shift));
        }
    }

    @Override
    protected void release() throws IOException {
        blocks.forEach(task -> task.cancel(false));
        blocks.clear();
        raw.close();
    }
}
