package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.nio.file.Path;

/** A certificate for the loopback address, made by openssl. */
public record Certificate(Path certificate, Path key) {
    /** Makes one that is valid for a day. */
    public static Certificate create(Path directory) throws IOException, InterruptedException {
        Path certificate = directory.resolve("certificate.pem");
        Path key = directory.resolve("key.pem");
        Program.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        return new Certificate(certificate, key);
    }
}
