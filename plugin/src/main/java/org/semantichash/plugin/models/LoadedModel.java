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
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.AbstractRefCounted;
import org.elasticsearch.core.RefCounted;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.HashedText;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.EncoderUnavailableException;
import org.semantichash.encoder.InvalidModelException;

/**
 * A model that has reproduced its golden codes on this machine. Its native memory is given back
 * when it is closed and the last running call has ended.
 */
public final class LoadedModel implements Closeable {

  private final ModelId id;
  private final String digest;
  private final TextHasher hasher;
  private final RefCounted uses;

  /** Turns new calls away: as long as some run, the count alone would let others in for ever. */
  private volatile boolean closed;

  private LoadedModel(ModelId id, String digest, TextHasher hasher) {
    this.id = id;
    this.digest = digest;
    this.hasher = hasher;
    this.uses = AbstractRefCounted.of(hasher::close);
  }

  /**
   * Opens a model and replays its golden texts.
   *
   * @throws IllegalArgumentException when the file is no valid model or computes other codes
   * @throws ElasticsearchStatusException with status 503 when ONNX Runtime cannot run here
   */
  static LoadedModel open(ModelId id, byte[] file, NativeLibraries libraries) {
    try {
      libraries.prepare();
      EncoderModel model = EncoderModel.read(file);
      TextHasher hasher = TextHasher.open(model);
      return verified(new LoadedModel(id, model.digest(), hasher), model);
    } catch (InvalidModelException e) {
      throw new IllegalArgumentException("model [" + id + "] cannot be used: " + e.getMessage(), e);
    } catch (EncoderUnavailableException | LinkageError e) {
      // A LinkageError must not reach the node, which takes it for fatal.
      throw new ElasticsearchStatusException(
          "model [{}] cannot run on this node, queries by [code] and [like] still work: {}",
          RestStatus.SERVICE_UNAVAILABLE,
          new IllegalStateException(e),
          id,
          rootCause(e));
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
        loaded.close();
      }
    }
  }

  /** The name it was loaded by. */
  public ModelId id() {
    return id;
  }

  /** The SHA-256 of its file, in hexadecimal. */
  public String digest() {
    return digest;
  }

  /** The width of its codes, in bits. */
  public int bits() {
    return hasher.bits();
  }

  /**
   * Hashes a text on the calling thread.
   *
   * @throws ElasticsearchStatusException with status 503 when the node is stopping
   */
  public HashedText hash(String text) {
    if (closed || uses.tryIncRef() == false) {
      throw new ElasticsearchStatusException(
          "model [{}] is closed, the node is stopping", RestStatus.SERVICE_UNAVAILABLE, id);
    }
    try {
      return hasher.hash(text);
    } finally {
      uses.decRef();
    }
  }

  /** To be called once, by the owner. */
  @Override
  public void close() {
    closed = true;
    uses.decRef();
  }
}
