package dev.berth.registry.scan.adapter;

import java.time.Duration;

/** Waits between two questions for a report. */
@FunctionalInterface
interface AdapterPause {
    void pause(Duration time) throws InterruptedException;
}
