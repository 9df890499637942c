// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.core.AbstractRefCounted;
import org.elasticsearch.core.RefCounted;
import org.semantichash.TextHasher;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.Encoder;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;

/**
 * A model file that has reproduced its golden codes on this machine: once in memory, whatever
 * number of names it is used by. Its native memory is given back when it is closed, or the last
 * name has let go of it, and the last running call has ended.
 */
final class OpenModel {

  private final String digest;
  private final String stamp;
  private final String stampSuffix;
  private final int formatVersion;
  private final Vocabulary vocabulary;
  private final float[] thresholds;
  private final BinaryCode emptyCode;
  private volatile TextHasher hasher;
  private final ModelMemory memory;
  private final UseCount uses = new UseCount(this::giveBack);

  /** The names it is loaded under and, until they have it, the one who opened it. */
  private final RefCounted names = AbstractRefCounted.of(uses::close);

  private volatile Runnable closed = () -> {};

  /** When it was used or, before its first use, opened. */
  private volatile long lastUse = System.nanoTime();

  /** Owns the hasher and the memory. */
  OpenModel(EncoderModel model, TextHasher hasher, ModelMemory memory) {
    this.digest = model.digest();
    this.stamp = StampedCode.digestOfModel(digest);
    this.stampSuffix = "@" + stamp;
    this.formatVersion = model.metadata().formatVersion();
    this.vocabulary = model.metadata().vectorizer().vocabulary();
    this.thresholds = model.metadata().thresholds();
    this.emptyCode = model.metadata().emptyCode();
    this.hasher = hasher;
    this.memory = memory;
  }

  private void giveBack() {
    try {
      hasher.close();
    } finally {
      memory.close();
      closed.run();
    }
  }

  /** What is done once it is closed. */
  void whenClosed(Runnable then) {
    closed = then;
  }

  /** The SHA-256 of its file, in hexadecimal. */
  String digest() {
    return digest;
  }

  /** What its codes are stamped with. */
  String stamp() {
    return stamp;
  }

  String stampSuffix() {
    return stampSuffix;
  }

  /** The version of its file's format. */
  int formatVersion() {
    return formatVersion;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The code of a text of which it knows no term. */
  BinaryCode emptyCode() {
    return emptyCode;
  }

  /** Its own, not to be changed; shape [bits]. */
  float[] thresholds() {
    return thresholds;
  }

  /** To be used between {@link UseCount#begin} and {@link UseCount#end} of its uses. */
  TextHasher hasher() {
    return hasher;
  }

  /** Computes codes from now on by another encoder, which has given the golden codes too. */
  void computeBy(Encoder other) {
    hasher = hasher.with(other);
  }

  UseCount uses() {
    return uses;
  }

  /** The bytes that are accounted for it. */
  long bytes() {
    return memory.bytes();
  }

  /** Keeps it for one more name; false when it is closed or nobody has it any more. */
  boolean retain() {
    if (names.tryIncRef() == false) {
      return false;
    }
    if (isClosed()) {
      names.decRef();
      return false;
    }
    return true;
  }

  /** One name lets go of it; the last one closes it. */
  void release() {
    names.decRef();
  }

  boolean isClosed() {
    return uses.isClosed();
  }

  /** Notes a use that began at this {@code nanoTime}. */
  void used(long nanoTime) {
    lastUse = nanoTime;
  }

  /** How long it has not been used, in nanoseconds before this {@code nanoTime}. */
  long idleNanos(long now) {
    return now - lastUse;
  }
}
