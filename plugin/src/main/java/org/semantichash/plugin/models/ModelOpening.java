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

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.EncoderProofs;
import org.semantichash.encoder.EncoderUnavailableException;
import org.semantichash.encoder.InvalidModelException;
import org.semantichash.hash.BinaryCode;

/**
 * Makes a file a model that runs.
 *
 * @param libraries where ONNX Runtime's native libraries are
 * @param proofs what is known of the plain encoders of this node
 * @param memory what is taken for it, given back when it is closed but not when it fails to open
 */
record ModelOpening(NativeLibraries libraries, EncoderProofs proofs, ModelMemory memory) {

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
   * @param stillWanted throws, after each step, when nobody wants the model any more
   * @throws IllegalArgumentException when it computes other codes
   * @throws ElasticsearchStatusException with status 503 when ONNX Runtime cannot run here
   * @throws org.elasticsearch.ElasticsearchException with status 429 when there is no memory left
   */
  OpenModel open(ModelId id, EncoderModel model, Runnable stillWanted) {
    stillWanted.run();
    try {
      libraries.prepare();
      TextHasher hasher = TextHasher.open(model, proofs);
      libraries.loaded();
      return verified(hasher, model, stillWanted);
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

  /** Documents with this code are left out of groups, so that it has to be the right one. */
  private static void requireEmptyCode(BinaryCode actual, BinaryCode described) {
    if (actual.equals(described) == false) {
      throw new InvalidModelException(
          "[empty_code] must be the code of a text without known terms, ["
              + actual
              + "], got ["
              + described
              + "]");
    }
  }

  private OpenModel verified(TextHasher hasher, EncoderModel model, Runnable stillWanted) {
    boolean verified = false;
    try {
      memory.opened(hasher.heapBytes());
      stillWanted.run();
      hasher.verify(model.metadata().goldenTexts());
      requireEmptyCode(hasher.hash("").code(), model.metadata().emptyCode());
      OpenModel open = new OpenModel(model, hasher, memory);
      verified = true;
      return open;
    } finally {
      if (verified == false) {
        hasher.close();
      }
    }
  }
}
