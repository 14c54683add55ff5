package dev.berth.registry.scan.service;

import dev.berth.registry.scan.report.Verdict;
import java.time.Duration;
import java.util.List;

/** Tells several listeners. */
record ScanListeners(List<ScanListener> listeners) implements ScanListener {

    @Override
    public void asked(ImageKey image, ScanPriority priority) {
        listeners.forEach(listener -> listener.asked(image, priority));
    }

    @Override
    public void began(ImageKey image, ScanPriority priority) {
        listeners.forEach(listener -> listener.began(image, priority));
    }

    @Override
    public void failed(ImageKey image, String reason) {
        listeners.forEach(listener -> listener.failed(image, reason));
    }

    @Override
    public void judged(ImageKey image, Verdict verdict, Duration took) {
        listeners.forEach(listener -> listener.judged(image, verdict, took));
    }
}
