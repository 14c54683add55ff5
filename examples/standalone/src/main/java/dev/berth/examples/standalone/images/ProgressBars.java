package dev.berth.examples.standalone.images;

import dev.berth.registry.copy.CopyProgress;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Draws a progress bar for each copy, or what else reads an image, for terminals. Not thread-safe: copies call their listener from one thread at a time. */
final class ProgressBars implements Progress {
    private static final int UPDATE_MILLIS = 200;

    private final PrintStream terminal;
    private final int width;
    private final String part;
    private @Nullable ProgressBar bar;

    /**
     * @param part what parts are called of what the bar is for, such as {@code blob}
     */
    ProgressBars(PrintStream terminal, int width, String part) {
        this.terminal = terminal;
        this.width = width;
        this.part = part;
    }

    @Override
    public void begin(String what) {
        close();
        terminal.println(what);
    }

    @Override
    public void progress(CopyProgress progress) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setConsumer(new UnterminatedLine(terminal, width))
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setUnit(" MB", 1_000_000)
                    .setInitialMax(progress.bytesTotal())
                    .showSpeed()
                    .build();
        }
        bar.stepTo(progress.bytesDone());
        bar.setExtraMessage(" " + part + " " + progress.blobsDone() + " of " + progress.blobsTotal());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            terminal.println();
            bar = null;
        }
    }

    /** Leaves the line break to the caller: the library omits it if a bar is closed before it was first drawn. */
    private static final class UnterminatedLine extends ConsoleProgressBarConsumer {
        UnterminatedLine(PrintStream terminal, int width) {
            super(terminal, width);
        }

        @Override
        public void close() {
            // Nothing is buffered.
        }
    }
}
