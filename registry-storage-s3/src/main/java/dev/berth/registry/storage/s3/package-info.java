/** An object store over a bucket of an S3-compatible service. There is no code here yet. */
@NullMarked
package dev.berth.registry.storage.s3;

import org.jspecify.annotations.NullMarked;
