package dev.berth.examples.benchmarks.load;

import dev.berth.examples.benchmarks.server.Server;
import java.io.IOException;

/** Many tags of one repository, and many repositories, and where their pages are. */
public final class Entries {
    private static final int CLIENTS = 16;
    private static final int DIGITS = 7;
    private static final String REPOSITORY = "listed/tags";

    private Entries() {}

    /** Pushes so many tags and repositories. */
    public static void fill(Server server, int count) throws IOException, InterruptedException {
        PushLoad.indexes(server.uri(), CLIENTS, 0, count, new PushLoad.Named() {
            @Override
            public String repository(int number) {
                return REPOSITORY;
            }

            @Override
            public String tag(int number) {
                return "t" + padded(number);
            }
        });
        PushLoad.indexes(server.uri(), CLIENTS, 0, count, new PushLoad.Named() {
            @Override
            public String repository(int number) {
                return "listed/r" + padded(number);
            }

            @Override
            public String tag(int number) {
                return "latest";
            }
        });
    }

    /** The path of a page of 100 tags in the middle. */
    public static String tagsPath(int count) {
        return "/v2/" + REPOSITORY + "/tags/list?n=100&last=t" + padded(count / 2 - 1);
    }

    /** The path of a page of 100 repositories in the middle. */
    public static String repositoriesPath(int count) {
        return "/v2/_catalog?n=100&last=listed%2Fr" + padded(count / 2 - 1);
    }

    private static String padded(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
