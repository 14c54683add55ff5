package dev.berth.examples.standalone.images;

import dev.berth.registry.Descriptor;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyOutcome;
import dev.berth.registry.copy.CopyProgress;
import dev.berth.registry.copy.CopyWarning;

/**
 * Passes on what a copy reports: warnings to one, all else to another.
 *
 * @param progress receives the progress
 * @param warnings collects the warnings
 */
record ReportedCopy(Progress progress, Warnings warnings) implements CopyListener {
    @Override
    public void progress(CopyProgress reached) {
        progress.progress(reached);
    }

    @Override
    public void blob(Descriptor blob, CopyOutcome outcome) {
        progress.blob(blob, outcome);
    }

    @Override
    public void manifest(Descriptor manifest, CopyOutcome outcome) {
        progress.manifest(manifest, outcome);
    }

    @Override
    public void warning(CopyWarning warning) {
        warnings.add(warning);
    }
}
