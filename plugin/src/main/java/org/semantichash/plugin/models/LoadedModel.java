/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.models;

import java.io.Closeable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.TimeValue;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.analysis.Deadline;
import org.semantichash.analysis.DeadlinePassedException;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;

/**
 * A model that has reproduced its golden codes on this machine. Its native memory is given back
 * when it is closed and the last running call has ended.
 */
public final class LoadedModel implements Closeable {

  private final ModelId id;
  private final ModelFile.Place place;
  private final String digest;
  private final String stamp;
  private final int format;
  private final Vocabulary vocabulary;
  private final float[] thresholds;
  private final BinaryCode emptyCode;
  private final TextHasher hasher;
  private final ModelMemory memory;
  private final ModelCounters counters;
  private final ModelLimits limits;
  private final UseCount uses = new UseCount(this::release);

  /** Whether it is in use on behalf of those who waited for it, of whom none has used it yet. */
  private final AtomicBoolean awaited = new AtomicBoolean();

  /** When it was used or, before its first use, opened. */
  private volatile long lastUse = System.nanoTime();

  /** Owns the hasher and the memory of the opening. */
  LoadedModel(ModelId id, ModelOpening opening, EncoderModel model, TextHasher hasher) {
    this.id = id;
    this.place = opening.place();
    this.digest = model.digest();
    this.format = model.metadata().formatVersion();
    this.stamp = StampedCode.digestOfModel(digest);
    this.vocabulary = model.metadata().vectorizer().vocabulary();
    this.thresholds = model.metadata().thresholds();
    this.emptyCode = model.metadata().emptyCode();
    this.hasher = hasher;
    this.memory = opening.memory();
    this.counters = opening.counters();
    this.limits = opening.limits();
  }

  private void release() {
    try {
      hasher.close();
    } finally {
      memory.close();
    }
  }

  /** The name it was loaded by. */
  public ModelId id() {
    return id;
  }

  /** Where its file lies. */
  public ModelFile.Place place() {
    return place;
  }

  /** The SHA-256 of its file, in hexadecimal. */
  public String digest() {
    return digest;
  }

  /** What its codes are stamped with, a digest as {@link StampedCode} has it. */
  public String stamp() {
    return stamp;
  }

  /** The width of its codes, in bits. */
  public int bits() {
    return hasher.bits();
  }

  /** The terms that it knows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The code of a text of which it knows no term. */
  public BinaryCode emptyCode() {
    return emptyCode;
  }

  /** What a bit's activation must be above for the bit to be 1; shape [bits]. */
  public float[] thresholds() {
    return thresholds.clone();
  }

  /**
   * What the bits of a hashed text were decided by, shape [bits].
   *
   * @throws ModelClosedException with status 503 when the model has been closed
   */
  public float[] activations(HashedText hashed) {
    if (uses.begin() == false) {
      throw ModelClosedException.beforeUse(id);
    }
    try {
      return hasher.activations(hashed);
    } finally {
      uses.end();
    }
  }

  /** How long it has not been used, in nanoseconds. */
  long idleNanos() {
    return System.nanoTime() - lastUse;
  }

  /** What statistics say of it. */
  ModelStats.Loaded inMemory() {
    return new ModelStats.Loaded(
        digest, place.toString(), hasher.encoderName(), memory.bytes(), format);
  }

  /**
   * Hashes a text on the calling thread.
   *
   * @throws ModelClosedException with status 503 when the model has been closed
   * @throws ModelTimeoutException with status 408 when the text is too long for the time
   */
  public HashedText hash(String text) {
    if (uses.begin() == false) {
      throw ModelClosedException.beforeUse(id);
    }
    boolean hashed = false;
    try {
      long start = System.nanoTime();
      HashedText result = hashInTime(text);
      counters.hashed(System.nanoTime() - start);
      hashed = true;
      return result;
    } finally {
      if (hashed == false) {
        counters.count(ModelCount.ERRORS);
      }
      lastUse = System.nanoTime();
      uses.end();
      noLongerAwaited();
    }
  }

  /** Counts a text that was not hashed because its document has its code already. */
  public void skipped() {
    lastUse = System.nanoTime();
    counters.skipped();
  }

  private HashedText hashInTime(String text) {
    TimeValue timeout = limits.timeout();
    try {
      return hasher.hash(text, Deadline.in(timeout.nanos()));
    } catch (DeadlinePassedException e) {
      counters.count(ModelCount.TIMEOUTS);
      throw ModelTimeoutException.hashing(id, timeout);
    }
  }

  /**
   * Gives the model to those who waited for it. It counts as used until the first of them has used
   * it or all have heard of it: so every load is of some use, however little memory there is.
   */
  void giveTo(ActionListener<LoadedModel> waiting) {
    awaited.set(uses.begin());
    try {
      waiting.onResponse(this);
    } finally {
      noLongerAwaited();
    }
  }

  private void noLongerAwaited() {
    if (awaited.compareAndSet(true, false)) {
      uses.end();
    }
  }

  boolean isClosed() {
    return uses.isClosed();
  }

  /** Closes it if no call runs; false if one does or it is closed already. */
  boolean closeIfIdle() {
    return uses.closeIfIdle();
  }

  /** Lets the running calls end; a second call does nothing. */
  @Override
  public void close() {
    uses.close();
  }
}
