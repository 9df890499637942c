// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.atomic.AtomicInteger;
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

  final String stamp;
  final String stampSuffix;
  final int formatVersion;
  final Vocabulary vocabulary;
  final float[] thresholds;
  final BinaryCode emptyCode;
  private final String digest;
  private volatile TextHasher hasher;
  private final ModelMemory memory;
  private final CallCount calls = new CallCount(this::giveBack);

  /** The names it is loaded under and, until they have it, the load that opened it. */
  private final RefCounted names = AbstractRefCounted.of(calls::close);

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

  /** To be used between {@link CallCount#begin} and {@link CallCount#end} of its calls. */
  TextHasher hasher() {
    return hasher;
  }

  /** Computes codes from now on by another encoder, which has given the golden codes too. */
  void computeBy(Encoder other) {
    hasher = hasher.with(other);
  }

  CallCount calls() {
    return calls;
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
    return calls.isClosed();
  }

  /** Notes a use that began at this {@code nanoTime}. */
  void used(long nanoTime) {
    lastUse = nanoTime;
  }

  /** How long it has not been used, in nanoseconds before this {@code nanoTime}. */
  long idleNanos(long now) {
    return now - lastUse;
  }

  /**
   * Counts the running calls of a resource that is released once: when it is closed and the last
   * call has ended. As long as some run, a plain count would let others in for ever.
   */
  static final class CallCount {

    private static final int CLOSED = Integer.MIN_VALUE;

    /** The number of running calls and, once it is closed, the highest bit. */
    private final AtomicInteger state = new AtomicInteger();

    private final Runnable release;

    /** Open, without calls. */
    CallCount(Runnable release) {
      this.release = release;
    }

    /** Begins a call, which is to be ended; false when it is closed. */
    boolean begin() {
      return state.getAndUpdate(s -> s < 0 ? s : s + 1) >= 0;
    }

    /** Ends a call. */
    void end() {
      int left = state.decrementAndGet();
      assert left != -1 && left != Integer.MAX_VALUE : "ended without a beginning";
      if (left == CLOSED) {
        release.run();
      }
    }

    /** Lets the running calls end and no other begin; a second time does nothing. */
    void close() {
      if (state.getAndUpdate(s -> s | CLOSED) == 0) {
        release.run();
      }
    }

    /** Closes it if no call runs; false if one does or it is closed already. */
    boolean closeIfIdle() {
      boolean idle = state.compareAndSet(0, CLOSED);
      if (idle) {
        release.run();
      }
      return idle;
    }

    boolean isClosed() {
      return state.get() < 0;
    }
  }
}
