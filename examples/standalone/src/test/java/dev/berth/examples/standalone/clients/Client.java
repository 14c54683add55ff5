package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import java.io.IOException;

/** A program that pushes and pulls, with a store of credentials of its own. Images are {@code host/repository:tag}. */
interface Client extends AutoCloseable {

    /** Stores credentials, if the registry takes them. */
    Outcome login(String host, String user, String password) throws IOException, InterruptedException;

    /** Forgets credentials. */
    Outcome logout(String host) throws IOException, InterruptedException;

    /** Pulls an image, no part of which is known before. */
    Outcome pull(String image) throws IOException, InterruptedException;

    /** Pushes an image. */
    Outcome push(String image) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException, InterruptedException {}
}
