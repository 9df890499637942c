// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.TimeValue;
import org.semantichash.HashedText;
import org.semantichash.TextExplanation;
import org.semantichash.analysis.Deadline;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.models.ModelSettings.ModelLimits;
import org.semantichash.plugin.models.ModelSource.ModelFile;
import org.semantichash.plugin.models.ModelStats.ModelCount;
import org.semantichash.plugin.models.ModelUse.ModelTimeoutException;

/**
 * A model under one of its names. All names share what is in memory; dropping one name leaves the
 * model to the others.
 */
public final class LoadedModel implements Closeable {

  private final ModelId id;
  private final ModelFile.Location place;
  private final OpenModel open;
  private final ModelCounters counters;
  private final ModelLimits limits;

  /** Whether it counts as used for its waiters, none of which has used it yet. */
  private final AtomicBoolean awaited = new AtomicBoolean();

  /** The waiters that have not been told yet, and the call that tells them. */
  private final AtomicInteger unheard = new AtomicInteger();

  private final AtomicBoolean closed = new AtomicBoolean();

  /** Owns one name's part of the open model. */
  LoadedModel(
      ModelId id,
      ModelFile.Location place,
      OpenModel open,
      ModelCounters counters,
      ModelLimits limits) {
    this.id = id;
    this.place = place;
    this.open = open;
    this.counters = counters;
    this.limits = limits;
  }

  /** The name it was loaded by. */
  public ModelId id() {
    return id;
  }

  /** Where its file lies. */
  public ModelFile.Location place() {
    return place;
  }

  /** The SHA-256 of its file, in hexadecimal. */
  public String digest() {
    return open.digest();
  }

  /** What its codes are stamped with, a digest as {@link StampedCode} has it. */
  public String stamp() {
    return open.stamp;
  }

  /** The same behind its sign, as it follows the bits in the text of a {@link StampedCode}. */
  public String stampSuffix() {
    return open.stampSuffix;
  }

  /** The width of its codes, in bits. */
  public int bits() {
    return open.hasher().bits();
  }

  /** The terms that it knows. */
  public Vocabulary vocabulary() {
    return open.vocabulary;
  }

  /** The code of a text of which it knows no term. */
  public BinaryCode emptyCode() {
    return open.emptyCode;
  }

  /** What a bit's activation must be above for the bit to be 1; shape [bits]. */
  public float[] thresholds() {
    return open.thresholds.clone();
  }

  /**
   * What the bits of a hashed text were decided by, shape [bits].
   *
   * @throws ModelClosedException with status 503 when the model has been closed
   */
  public float[] activations(HashedText hashed) {
    begin();
    try {
      return open.hasher().activations(hashed);
    } finally {
      open.calls().end();
    }
  }

  /**
   * Why a text has its code, found on the calling thread.
   *
   * @param hashed what {@link #hash} has made of it
   * @throws ModelClosedException with status 503 when the model has been closed
   * @throws ModelTimeoutException with status 408 when it takes longer than a text may
   */
  public TextExplanation explain(String text, HashedText hashed) {
    begin();
    TimeValue timeout = limits.timeout();
    try {
      return open.hasher().explain(text, hashed, Deadline.in(timeout.nanos()));
    } catch (Deadline.PassedException e) {
      counters.count(ModelCount.TIMEOUTS);
      throw ModelTimeoutException.hashing(id, timeout);
    } finally {
      open.calls().end();
    }
  }

  private void begin() {
    if (closed.get() || open.calls().begin() == false) {
      throw ModelClosedException.beforeUse(id);
    }
  }

  /** How long it has not been used under any name, in nanoseconds before this {@code nanoTime}. */
  long idleNanos(long now) {
    return open.idleNanos(now);
  }

  /** What statistics say of it. */
  ModelStats.Loaded inMemory() {
    return new ModelStats.Loaded(
        open.digest(),
        place.toString(),
        open.hasher().encoderName(),
        open.formatVersion,
        open.bytes());
  }

  /**
   * Hashes a text on the calling thread.
   *
   * @throws ModelClosedException with status 503 when the model has been closed
   * @throws ModelTimeoutException with status 408 when the text is too long for the time
   */
  public HashedText hash(String text) {
    begin();
    long start = System.nanoTime();
    boolean hashed = false;
    try {
      HashedText result = hashInTime(text, start);
      counters.hashed(System.nanoTime() - start);
      hashed = true;
      return result;
    } finally {
      if (hashed == false) {
        counters.count(ModelCount.ERRORS);
      }
      open.used(start);
      open.calls().end();
      noLongerAwaited();
    }
  }

  /** Counts a text that was not hashed because its document has its code already. */
  public void skipped() {
    open.used(System.nanoTime());
    counters.skipped();
  }

  /** Counts that it was asked for and in memory. */
  void hit() {
    counters.count(ModelCount.CACHE_HITS);
  }

  private HashedText hashInTime(String text, long start) {
    TimeValue timeout = limits.timeout();
    try {
      return open.hasher().hash(text, new Deadline(start + timeout.nanos()));
    } catch (Deadline.PassedException e) {
      counters.count(ModelCount.TIMEOUTS);
      throw ModelTimeoutException.hashing(id, timeout);
    }
  }

  /**
   * Gives the model to its waiters. It counts as used until the first of them has used it or all
   * have heard of it: so every load is of some use, however little memory there is.
   */
  void giveTo(ActionListener<LoadedModel> waiting) {
    awaited.set(open.calls().begin());
    Releasable told = untilHeard();
    try {
      waiting.onResponse(this);
    } finally {
      told.close();
    }
  }

  /** For one more waiter: closed when it has been told. */
  Releasable untilHeard() {
    unheard.incrementAndGet();
    return () -> {
      if (unheard.decrementAndGet() == 0) {
        noLongerAwaited();
      }
    };
  }

  private void noLongerAwaited() {
    if (awaited.compareAndSet(true, false)) {
      open.calls().end();
    }
  }

  boolean isClosed() {
    return closed.get() || open.isClosed();
  }

  /** Closes it under all its names if no call runs; false if one does or it is closed already. */
  boolean closeIfIdle() {
    return open.calls().closeIfIdle();
  }

  /** Whether both are one model in memory, under two names or one. */
  boolean isSame(LoadedModel other) {
    return open == other.open;
  }

  /** Lets go of it; the running calls end. A second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.release();
    }
  }
}
