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
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.AbstractRefCounted;
import org.elasticsearch.core.RefCounted;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.EncoderUnavailableException;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.hash.StampedCode;

/**
 * A model that has reproduced its golden codes on this machine. Its native memory is given back
 * when it is closed and the last running call has ended.
 */
public final class LoadedModel implements Closeable {

  private final ModelId id;
  private final ModelFile.Place place;
  private final String digest;
  private final Vocabulary vocabulary;
  private final TextHasher hasher;
  private final AccountedBytes memory;
  private final ModelCounters counters;
  private final RefCounted uses;

  /** Turns new calls away: as long as some run, the count alone would let others in for ever. */
  private final AtomicBoolean closed = new AtomicBoolean();

  /** When it was used or, before its first use, opened. */
  private volatile long lastUse = System.nanoTime();

  private LoadedModel(ModelId id, Opening opening, EncoderModel model, TextHasher hasher) {
    this.id = id;
    this.place = opening.place();
    this.digest = model.digest();
    this.vocabulary = model.metadata().vectorizer().vocabulary();
    this.hasher = hasher;
    this.memory = opening.memory();
    this.counters = opening.counters();
    this.uses = AbstractRefCounted.of(this::release);
  }

  private void release() {
    try {
      hasher.close();
    } finally {
      memory.close();
    }
  }

  /**
   * What a model is opened with.
   *
   * @param place where its file lies
   * @param libraries where ONNX Runtime's native libraries are
   * @param memory what is accounted for it, given back when it is closed but not when it fails to
   *     open
   * @param counters what is counted of it
   */
  record Opening(
      ModelFile.Place place,
      NativeLibraries libraries,
      AccountedBytes memory,
      ModelCounters counters) {}

  /**
   * Reads a file as a model.
   *
   * @throws IllegalArgumentException when it is none
   */
  static EncoderModel read(ModelId id, byte[] file) {
    try {
      return EncoderModel.read(file);
    } catch (InvalidModelException e) {
      throw unusable(id, e);
    }
  }

  private static IllegalArgumentException unusable(ModelId id, InvalidModelException e) {
    return new IllegalArgumentException("model [" + id + "] cannot be used: " + e.getMessage(), e);
  }

  /**
   * Opens a model and replays its golden texts.
   *
   * @throws IllegalArgumentException when it computes other codes
   * @throws ElasticsearchStatusException with status 503 when ONNX Runtime cannot run here
   */
  static LoadedModel open(ModelId id, EncoderModel model, Opening opening) {
    NativeLibraries libraries = opening.libraries();
    try {
      libraries.prepare();
      TextHasher hasher = TextHasher.open(model);
      libraries.loaded();
      return verified(new LoadedModel(id, opening, model, hasher), model);
    } catch (InvalidModelException e) {
      throw unusable(id, e);
    } catch (EncoderUnavailableException | LinkageError e) {
      // A LinkageError must not reach the node, which takes it for fatal.
      String reason = rootCause(e).toString();
      libraries.failed(reason);
      throw new ElasticsearchStatusException(
          "model [{}] cannot run on this node, queries by [code] and [like] still work: {}",
          RestStatus.SERVICE_UNAVAILABLE,
          new IllegalStateException(e),
          id,
          reason);
    }
  }

  private static Throwable rootCause(Throwable e) {
    return e.getCause() == null ? e : rootCause(e.getCause());
  }

  private static LoadedModel verified(LoadedModel loaded, EncoderModel model) {
    boolean verified = false;
    try {
      loaded.hasher.verify(model.metadata().goldenTexts());
      verified = true;
      return loaded;
    } finally {
      if (verified == false) {
        loaded.hasher.close();
      }
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

  /** What its codes are stamped with. */
  public String stamp() {
    return StampedCode.digestOfModel(digest);
  }

  /** The width of its codes, in bits. */
  public int bits() {
    return hasher.bits();
  }

  /** The terms that it knows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** How long it has not been used, in nanoseconds. */
  long idleNanos() {
    return System.nanoTime() - lastUse;
  }

  ModelStats stats() {
    return counters.stats(
        id, new ModelStats.Loaded(digest, place.toString(), hasher.encoderName(), memory.bytes()));
  }

  /**
   * Hashes a text on the calling thread.
   *
   * @throws ElasticsearchStatusException with status 503 when the model has been closed
   */
  public HashedText hash(String text) {
    if (closed.get() || uses.tryIncRef() == false) {
      throw new ModelClosedException(id);
    }
    long start = System.nanoTime();
    boolean hashed = false;
    try {
      HashedText result = hasher.hash(text);
      lastUse = System.nanoTime();
      counters.hashed(lastUse - start);
      hashed = true;
      return result;
    } finally {
      uses.decRef();
      if (hashed == false) {
        counters.failed();
      }
    }
  }

  /** Counts a text that was not hashed because its document has its code already. */
  public void skipped() {
    lastUse = System.nanoTime();
    counters.skipped();
  }

  /** Lets the running calls end; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      uses.decRef();
    }
  }
}
