package dev.berth.examples.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.image.ImageBuildException;
import dev.berth.registry.image.ImageBuilder;
import java.nio.file.Path;

/** The commands: reads the base from one registry, and pushes the image to the same or another one. */
public final class ImageBuild {
    private static final String USAGE = """
            usage: runtime BASE PLATFORM DIRECTORY TARGET
                   puts the Java runtime in DIRECTORY, made by jlink, on the image BASE
               or: application RUNTIME PLATFORM LIBRARIES CLASSES MAIN-CLASS TARGET
                   puts jars and classes on the image RUNTIME
            BASE, RUNTIME and TARGET are references such as localhost:5000/team/app:1.0, PLATFORM is linux/amd64""";

    private ImageBuild() {}

    /** Runs a command. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit status. */
    static int run(String... args) {
        try {
            if (args.length == 5 && args[0].equals("runtime")) {
                push(RuntimeImage.of(Reference.parse(args[1]), Platform.parse(args[2]), Path.of(args[3])), args[4]);
            } else if (args.length == 7 && args[0].equals("application")) {
                push(
                        ApplicationImage.of(
                                Reference.parse(args[1]),
                                Platform.parse(args[2]),
                                Path.of(args[3]),
                                Path.of(args[4]),
                                args[5]),
                        args[6]);
            } else {
                System.err.println(USAGE);
                return 2;
            }
            return 0;
        } catch (IllegalArgumentException | ImageBuildException | RegistryException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static void push(ImageBuilder image, String target) {
        Descriptor pushed = image.pushTo(target);
        System.out.println(target + "@" + pushed.digest());
    }
}
