package dev.berth.registry.servlet.clients;

import java.io.IOException;

/** A program that pulls images and pushes them elsewhere. Images are {@code host:port/repository:tag}. */
public interface ImageClient {

    /** Pulls an image, no part of which is known before. */
    void pull(String image) throws IOException, InterruptedException;

    /** Pushes an image that was pulled under another name. */
    void push(String pulled, String target) throws IOException, InterruptedException;

    /** Removes all that is left of an image that was pulled. */
    void forget(String pulled) throws IOException, InterruptedException;
}
